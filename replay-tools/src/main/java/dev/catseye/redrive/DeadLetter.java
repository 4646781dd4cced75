package dev.catseye.redrive;

import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.RecordException;
import dev.catseye.schemas.RedriveHeaders;
import dev.catseye.schemas.RejectHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One record of topic rejects. Holds its bytes; not to be kept for long. */
final class DeadLetter {
  private final ConsumerRecord<byte[], byte[]> record;
  private final RejectHeaders refusal;
  private final Optional<Frame> frame;

  private DeadLetter(
      ConsumerRecord<byte[], byte[]> record, RejectHeaders refusal, Optional<Frame> frame) {
    this.record = record;
    this.refusal = refusal;
    this.frame = frame;
  }

  /**
   * Reads the headers, and the frame as far as it can be read.
   *
   * @throws RecordException if the headers are not those of a dead letter
   */
  static DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(record, RejectHeaders.read(record.headers()), frame(record.value()));
  }

  private static Optional<Frame> frame(byte[] value) {
    try {
      return value == null ? Optional.empty() : Optional.of(Frames.read(value));
    } catch (RecordException e) {
      return Optional.empty(); // often the very reason why it lies here
    }
  }

  ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  /** Why it lies there. */
  RejectHeaders refusal() {
    return refusal;
  }

  /** The frame, if the bytes are one; its checksum need not hold. */
  Optional<Frame> frame() {
    return frame;
  }

  /** Where it lies. */
  Origin place() {
    return placeOf(record);
  }

  static Origin placeOf(ConsumerRecord<byte[], byte[]> record) {
    return new Origin(record.topic(), record.partition(), record.offset());
  }

  /** When it was refused, by the broker's clock. */
  Instant refusedAt() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** Camera by the frame itself, else by its headers, else by the key; empty when none is there. */
  String camera() {
    return frame
        .map(Frame::id)
        .or(() -> FrameHeaders.read(record.headers()).map(FrameHeaders::id))
        .map(id -> id.cameraId())
        .orElseGet(
            () -> record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8));
  }

  /** Whether the service had to leave its bytes out because topic rejects would not take them. */
  boolean isWithoutBytes() {
    return (record.value() == null || record.value().length == 0)
        && refusal.detail().matches("(?s)value of \\d+ bytes left out: .*");
  }

  /** What its next attempt says of itself; the same again for the same dead letter. */
  RedriveHeaders nextAttempt() {
    return RedriveHeaders.after(refusal, place());
  }

  /** For people: {@code rejects-0@12 (front/boot/7, DECODE at decode)}. */
  @Override
  public String toString() {
    String what = frame.map(read -> read.id().toString()).orElse("unreadable, key " + camera());
    return "%s (%s, %s at %s)".formatted(place(), what, refusal.reason(), refusal.stage());
  }
}
