package dev.catseye.verify;

import dev.catseye.verify.wire.WireException;
import dev.catseye.verify.wire.WireReader;
import dev.catseye.verify.wire.WireRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** Reads records of frames and recomputes their checksums. Not thread-safe. */
final class FrameSight {
  private final WireReader reader = WireReader.of("Frame");
  private final Pool pool;

  /**
   * @param pool of texts that many records share; borrowed
   */
  FrameSight(Pool pool) {
    this.pool = pool;
  }

  SeenFrame see(RawRecord raw) {
    return new SeenFrame(
        raw.place(),
        pool.of(raw.keyText()),
        ValueMark.of(raw),
        raw.appendedMillis(),
        raw.isPutBack(),
        Identity.announced(raw.headers()).map(announced -> announced.shared(pool)),
        facts(raw.bytes()));
  }

  private Optional<SeenFrame.Facts> facts(ByteBuffer value) {
    WireRecord frame;
    try {
      frame = reader.read(value);
    } catch (WireException e) {
      return Optional.empty();
    }
    Object content = frame.value("content").orElseThrow();
    boolean inline = content instanceof ByteBuffer;
    ByteBuffer payload = inline ? (ByteBuffer) content : ((WireRecord) content).bytes("sha256");
    return Optional.of(
        new SeenFrame.Facts(
            Identity.of(frame).shared(pool),
            (int) frame.number("width"),
            (int) frame.number("height"),
            pool.of(frame.text("drive_id")),
            frame.text("clock_domain").equals("UTC"),
            frame.bytes("checksum").getInt() == checksum(frame, payload),
            inline ? OptionalLong.of(WireReader.crc32c(payload)) : OptionalLong.empty()));
  }

  /**
   * CRC-32C over camera, 0, boot, 0, sequence and capture time as big-endian int64, encoding, 0,
   * payload (of a reference: its sha256).
   */
  private static int checksum(WireRecord frame, ByteBuffer payload) {
    CRC32C crc = new CRC32C();
    text(crc, frame.text("camera_id"));
    text(crc, frame.text("boot_id"));
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(frame.number("sequence")).flip());
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(frame.number("captured_at")).flip());
    text(crc, frame.text("encoding"));
    crc.update(payload.duplicate());
    return (int) crc.getValue();
  }

  private static void text(CRC32C crc, String text) {
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    crc.update(0);
  }
}
