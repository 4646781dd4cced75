package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class FramesTest {
  /** Also computed bit by bit in another language: polynomial 82f63b78, reflected. */
  private static final int FIXED = 0xaa0da195;

  @Test
  void checksum_isTheOneWrittenDownInTheSchema() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.write("front".getBytes(StandardCharsets.UTF_8));
    data.write(0);
    data.write("boot-1".getBytes(StandardCharsets.UTF_8));
    data.write(0);
    data.writeLong(1042);
    data.writeLong(1_480_000_000_123_456L);
    data.write("jpeg".getBytes(StandardCharsets.UTF_8));
    data.write(0);
    data.write(new byte[] {1, 2, 3});
    CRC32C crc = new CRC32C();
    crc.update(bytes.toByteArray());

    assertThat(Samples.frame().checksum()).isEqualTo((int) crc.getValue()).isEqualTo(FIXED);
  }

  @Test
  void checksumOfAReference_standsOnItsSha256() {
    Bytes one = Bytes.of(new byte[32]);
    Bytes other = Bytes.of(Arrays.copyOf(new byte[] {1}, 32));
    Frame frame = Samples.frame(new ReferenceContent("s3://a", 10, one, 0));

    assertThat(Samples.frame(new ReferenceContent("s3://b", 11, one, 1)).checksum())
        .isEqualTo(frame.checksum());
    assertThat(Samples.frame(new ReferenceContent("s3://a", 10, other, 0)).checksum())
        .isNotEqualTo(frame.checksum());
  }

  @Test
  void changedPayload_isReadWithIdentityButDoesNotHold() {
    byte[] message = Frames.write(Samples.frame());
    int payload = Messages.indexOf(message, new byte[] {1, 2, 3});
    message[payload] ^= 1;

    Frame frame = Frames.read(message);

    assertThat(frame.id()).isEqualTo(Samples.ID);
    assertThat(frame.checksumHolds()).isFalse();
  }

  @Test
  void changedPayload_isRefusedByTheSerde() {
    byte[] message = Frames.write(Samples.frame());
    message[Messages.indexOf(message, new byte[] {1, 2, 3})] ^= 1;

    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> Serdes.frame().deserializer().deserialize("frames", message))
        .withMessage("Frame front/boot-1/1042: checksum does not hold")
        .matches(e -> e.reason() == Reason.CHECKSUM);
  }

  @Test
  void flippedBitInIdentityEncodingOrPayload_neverPassesUnseen() {
    Frame sent = Samples.frame();
    byte[] message = Frames.write(sent);

    for (int bit = 0; bit < 8 * message.length; bit++) {
      Frame frame;
      try {
        frame = Frames.read(Messages.flipBit(message, bit));
      } catch (RecordException refused) {
        continue;
      }
      boolean sealedPartsEqual =
          frame.id().equals(sent.id())
              && frame.encoding() == sent.encoding()
              && frame.content().equals(sent.content())
              && frame.checksum() == sent.checksum();
      assertThat(frame.checksumHolds()).as("bit %d", bit).isEqualTo(sealedPartsEqual);
    }
  }

  @Test
  void frameCutAtAnyLength_isRefused() {
    byte[] message = Frames.write(Samples.frame());

    for (int length = 0; length < message.length; length++) {
      byte[] cut = Arrays.copyOf(message, length);
      assertThatExceptionOfType(RecordException.class)
          .as("length %d", length)
          .isThrownBy(() -> Frames.read(cut))
          .matches(e -> e.reason() == Reason.SCHEMA);
    }
  }

  @Test
  void bytesBehindAFrame_areRefused() {
    byte[] message = Frames.write(Samples.frame());

    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> Frames.read(Arrays.copyOf(message, message.length + 1)))
        .withMessage("Frame: bytes after the end of the record");
  }
}
