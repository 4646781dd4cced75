package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: a {@link RecordException} or a valid record, never another failure. */
class HostileBytesTest {
  private static final int HEADER = 10;

  @Property(tries = 2_000)
  void randomBytes_areRefused(@ForAll byte[] bytes) {
    assertRefused(bytes);
    Messages.all().values().forEach(sample -> assertRefused(sample, bytes));
  }

  @Property(tries = 2_000)
  void randomBodyUnderATrueHeader_endsInARecordOrARecordException(@ForAll byte[] body) {
    readFrame(join(Frames.write(Samples.frame()), HEADER, body));
    for (Messages.Sample<?> sample : Messages.all().values()) {
      byte[] message = join(sample.message(), HEADER, body);
      read(sample, message.length < 14 ? message : Messages.reseal(message));
    }
  }

  @Property(tries = 4_000)
  void spoiledMessageUnderAFittingSeal_endsInARecordOrARecordException(
      @ForAll int position, @ForAll byte value) {
    for (Messages.Sample<?> sample : Messages.all().values()) {
      byte[] message = sample.message();
      message[HEADER + Math.floorMod(position, message.length - HEADER)] = value;
      read(sample, Messages.reseal(message));
    }
    byte[] frame = Frames.write(Samples.frame());
    frame[HEADER + Math.floorMod(position, frame.length - HEADER)] = value;
    readFrame(frame);
  }

  static Stream<byte[]> bombs() {
    return Stream.of(
            "feffffff0f", // 2147483647, as a length or an item count
            "ffffffff0f", // -2147483648
            "8080808010", // 2147483648
            "feffffffffffffffff01", // 9223372036854775807
            "ffffffffffffffffff01") // -9223372036854775808
        .map(HexFormat.of()::parseHex);
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void lengthBombAnywhere_endsInARecordOrARecordException(byte[] bomb) {
    for (Messages.Sample<?> sample : Messages.all().values()) {
      byte[] message = sample.message();
      for (int at = HEADER; at < message.length; at++) {
        byte[] bombed = join(message, at, bomb);
        read(sample, bombed.length < 14 ? bombed : Messages.reseal(bombed));
        read(sample, Messages.reseal(join(bombed, bombed.length, new byte[4])));
      }
    }
    byte[] frame = Frames.write(Samples.frame());
    for (int at = HEADER; at < frame.length; at++) {
      readFrame(join(frame, at, bomb));
    }
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void lengthBombBeforeAString_isRefused(byte[] bomb) {
    assertRefused(join(Frames.write(Samples.frame()), HEADER, bomb)); // camera_id comes first
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void lengthBombBeforeBytes_isRefused(byte[] bomb) {
    byte[] message = Frames.write(Samples.frame());
    int length = Messages.indexOf(message, new byte[] {6, 1, 2, 3}); // 3 bytes, zigzag

    assertRefused(join(message, length, bomb));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void lengthBombBeforeAnArray_isRefused(byte[] bomb) {
    Messages.Sample<?> sample = Messages.all().get("heartbeat");
    byte[] message = sample.message();
    int count = Messages.indexOf(message, new byte[] {4, 16, 'p', 'e', 'r'}); // 2 roles, zigzag

    assertRefused(
        sample, Messages.reseal(join(message, count, join(bomb, bomb.length, new byte[9]))));
  }

  @Test
  void stringAboveAvrosLimit_isNotRead() {
    byte[] text = new byte[70_000];
    byte[] message = join(Frames.write(Samples.frame()), HEADER, new byte[] {-32, -59, 8}); // 70000

    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> Frames.read(join(message, message.length, text)))
        .withMessageContaining("String length 70000 exceeds maximum allowed");
  }

  @Test
  void arrayAboveAvrosLimit_isNotRead() {
    Messages.Sample<?> sample = Messages.all().get("heartbeat");
    byte[] message = sample.message();
    int count = Messages.indexOf(message, new byte[] {4, 16, 'p', 'e', 'r'});
    byte[] items = join(new byte[] {-94, -100, 1}, 3, new byte[10_001]); // 10001 empty strings

    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> sample.read(Messages.reseal(join(message, count, items))))
        .withMessageContaining("10001");
  }

  @Test
  void messageAboveTheLimit_isRefusedBeforeItIsRead() {
    byte[] message = new byte[(8 << 20) + 1];

    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> Frames.read(message))
        .withMessage("Frame: 8388609 bytes, at most 8388608")
        .matches(e -> e.reason() == Reason.TOO_LARGE);
  }

  @Test
  void frameAboveTheLimit_isNotWritten() {
    Frame frame = Samples.frame(new InlineContent(Bytes.wrap(new byte[8 << 20])));

    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> Frames.write(frame))
        .matches(e -> e.reason() == Reason.TOO_LARGE);
  }

  private static void assertRefused(byte[] bytes) {
    assertThatExceptionOfType(RecordException.class).isThrownBy(() -> Frames.read(bytes));
  }

  private static void assertRefused(Messages.Sample<?> sample, byte[] bytes) {
    assertThatExceptionOfType(RecordException.class).isThrownBy(() -> sample.read(bytes));
  }

  private static void readFrame(byte[] message) {
    try {
      Frames.read(message);
    } catch (RecordException expected) {
      // refused as it should be; anything else fails the test
    }
  }

  private static void read(Messages.Sample<?> sample, byte[] message) {
    try {
      sample.read(message);
    } catch (RecordException expected) {
      // refused as it should be; anything else fails the test
    }
  }

  private static byte[] join(byte[] message, int length, byte[] tail) {
    byte[] joined = Arrays.copyOf(message, length + tail.length);
    ByteBuffer.wrap(joined).put(length, tail);
    return joined;
  }
}
