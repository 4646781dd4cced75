package dev.catseye.schemas;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void copy_doesNotSeeLaterWrites() {
    byte[] source = {1, 2};
    Bytes bytes = Bytes.of(source);
    source[0] = 9;
    bytes.toArray()[1] = 9;

    assertThat(bytes).isEqualTo(Bytes.of(new byte[] {1, 2}));
  }

  @Test
  void view_cannotBeWrittenTo() {
    ByteBuffer view = Bytes.of(new byte[] {1}).asReadOnlyBuffer();

    assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> view.put((byte) 2));
  }

  @Test
  void partOfABuffer_isCopiedOut() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);

    assertThat(Bytes.wrap(buffer)).isEqualTo(Bytes.of(new byte[] {2, 3}));
    assertThat(Bytes.wrap(buffer.slice())).isEqualTo(Bytes.of(new byte[] {2, 3}));
  }

  /** Source: RFC 3720 gives e3069283 for the usual nine digits. */
  @Test
  void checksum_isCastagnolis() {
    Bytes digits = Bytes.of("123456789".getBytes(US_ASCII));

    assertThat(digits.crc32c()).isEqualTo(0xe3069283L);
    assertThat(digits).hasToString("Bytes[9, crc32c e3069283]");
    assertThat(digits.hex()).isEqualTo("313233343536373839");
  }

  @Test
  void equalContent_hasEqualHash() {
    assertThat(Bytes.of(new byte[] {7}))
        .hasSameHashCodeAs(Bytes.of(new byte[] {7}))
        .isNotEqualTo(Bytes.of(new byte[] {8}));
  }
}
