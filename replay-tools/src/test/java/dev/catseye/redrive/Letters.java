package dev.catseye.redrive;

import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Content;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.InlineContent;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.RejectHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Dead letters for tests. */
final class Letters {
  static final String BUNDLE = "ab".repeat(32);

  private Letters() {}

  /** A sound frame of camera front. */
  static Frame frame(int sequence, Content content) {
    return Frame.sealed(
        new FrameId("front", "boot", sequence, 100_000L * sequence),
        ClockDomain.SEQUENCE_RELATIVE,
        64,
        32,
        Encoding.JPEG,
        content,
        "drive-" + sequence % 2,
        Optional.empty(),
        OptionalDouble.empty());
  }

  static Frame frame(int sequence) {
    return frame(sequence, new InlineContent(Bytes.of(new byte[] {(byte) sequence})));
  }

  static byte[] key() {
    return "front".getBytes(StandardCharsets.UTF_8);
  }

  static byte[] value(int sequence) {
    return Frames.write(frame(sequence));
  }

  /** Headers of a dead letter of that frame, refused for INFERENCE in stage detect. */
  static Headers headers(String framesTopic, int sequence, int attempt) {
    return headers(
        sequence,
        new RejectHeaders(
            Reason.INFERENCE,
            "no memory",
            "detect",
            BUNDLE,
            attempt,
            5_000,
            new Origin(framesTopic, 0, sequence)));
  }

  static Headers headers(int sequence, RejectHeaders refusal) {
    Headers headers = new RecordHeaders();
    FrameHeaders.write(frame(sequence), headers);
    headers.add("traceparent", "00-1".getBytes(StandardCharsets.UTF_8));
    refusal.write(headers);
    return headers;
  }
}
