package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.catseye.schemas.Messages.Sample;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SealTest {
  static Set<String> names() {
    return Messages.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void anyFlippedBit_isRefused(String name) {
    Sample<?> sample = Messages.all().get(name);
    byte[] message = sample.message();

    for (int bit = 0; bit < 8 * message.length; bit++) {
      byte[] flipped = Messages.flipBit(message, bit);
      assertThat(refusal(sample, flipped).reason()).as("bit %d", bit).isEqualTo(Reason.CHECKSUM);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void messageCutAtAnyLength_isRefused(String name) {
    Sample<?> sample = Messages.all().get(name);
    byte[] message = sample.message();

    for (int length = 0; length < message.length; length++) {
      byte[] cut = Arrays.copyOf(message, length);
      assertThat(refusal(sample, cut)).as("length %d", length).isNotNull();
      if (length >= 14) {
        assertThat(refusal(sample, Messages.reseal(cut))).as("sealed, %d", length).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void trailingBytes_areRefusedEvenUnderAFittingSeal(String name) {
    Sample<?> sample = Messages.all().get(name);
    byte[] message = sample.message();

    byte[] longer = Messages.reseal(Arrays.copyOf(message, message.length + 4));

    assertThat(refusal(sample, longer))
        .hasMessageEndingWith("bytes after the end of the record")
        .extracting(RecordException::reason)
        .isEqualTo(Reason.SCHEMA);
  }

  @ParameterizedTest
  @MethodSource("names")
  void unknownSchema_isRefusedByItsFingerprint(String name) {
    Sample<?> sample = Messages.all().get(name);
    byte[] message = sample.message();
    ByteBuffer.wrap(message).putLong(2, 0x8877665544332211L); // little-endian on the wire

    assertThat(refusal(sample, Messages.reseal(message)))
        .hasMessageContaining("unknown schema 1122334455667788, known is ")
        .extracting(RecordException::reason)
        .isEqualTo(Reason.SCHEMA);
  }

  @ParameterizedTest
  @MethodSource("names")
  void wrongMagic_isRefused(String name) {
    Sample<?> sample = Messages.all().get(name);
    byte[] message = sample.message();
    message[1] = 2;

    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> sample.read(Messages.reseal(message)))
        .withMessageContaining("magic c302, expected c301");
  }

  private static RecordException refusal(Sample<?> sample, byte[] message) {
    return catchThrowableOfType(RecordException.class, () -> sample.read(message));
  }
}
