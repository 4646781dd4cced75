package dev.catseye.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Checksum of a frame: CRC-32C over UTF-8 camera, 0, UTF-8 boot, 0, sequence and capture time as
 * big-endian int64, UTF-8 encoding symbol, 0, payload bytes; of a reference its 32 bytes of SHA-256
 * stand for the payload.
 *
 * <p>So a payload under a wrong camera or sequence fails as well as a changed one.
 */
final class FrameChecksum {
  private FrameChecksum() {}

  static int of(FrameId id, Encoding encoding, Content content) {
    CRC32C crc = new CRC32C();
    crc.update(id.cameraId().getBytes(UTF_8));
    crc.update(0);
    crc.update(id.bootId().getBytes(UTF_8));
    crc.update(0);
    crc.update(ByteBuffer.allocate(16).putLong(id.sequence()).putLong(id.captureMicros()).flip());
    crc.update(encoding.wireName().getBytes(UTF_8));
    crc.update(0);
    if (content instanceof InlineContent inline) {
      crc.update(inline.bytes().array());
    } else if (content instanceof ReferenceContent reference) {
      crc.update(reference.sha256().array());
    }
    return (int) crc.getValue();
  }
}
