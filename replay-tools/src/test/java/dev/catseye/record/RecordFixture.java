package dev.catseye.record;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.MapEncoding;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.StageMicros;
import dev.catseye.schemas.Summary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Small masks for tests of this package. */
final class RecordFixture {
  static final int WIDTH = 4;
  static final int HEIGHT = 2;
  static final byte[] SCORES = {0, 1, 2, 127, (byte) 128, (byte) 200, (byte) 254, (byte) 255};

  private RecordFixture() {}

  static FrameId frame(long sequence) {
    return new FrameId("front", "boot", sequence, 1000 * sequence);
  }

  static ScoreMap map(int bits, byte[] samples) {
    return ScoreMap.encode(samples, WIDTH, HEIGHT, bits, MapEncoding.LZ4, 8, 8);
  }

  static Mask detected(FrameId frame) {
    return mask(
        Optional.of(frame),
        Outcome.DETECTED,
        Reason.NONE,
        Optional.of(map(8, SCORES)),
        Optional.of(new Summary(1, 0.5f, 0.5f, 0.5f)));
  }

  static Mask rejected() {
    return mask(
        Optional.empty(), Outcome.REJECTED, Reason.SCHEMA, Optional.empty(), Optional.empty());
  }

  private static Mask mask(
      Optional<FrameId> frame,
      Outcome outcome,
      Reason reason,
      Optional<ScoreMap> map,
      Optional<Summary> summary) {
    boolean detected = outcome == Outcome.DETECTED;
    return new Mask(
        frame,
        detected ? OptionalInt.of(32) : OptionalInt.empty(),
        detected ? OptionalInt.of(16) : OptionalInt.empty(),
        "a \"drive\", quoted",
        new Origin("frames", 0, frame.map(FrameId::sequence).orElse(0L)),
        "front",
        outcome,
        reason,
        "",
        false,
        "CPU",
        detected ? "entropy" : "",
        "",
        map,
        List.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        summary,
        new StageMicros(0, 0, 0, 0, 0, 0),
        1,
        "test");
  }
}
