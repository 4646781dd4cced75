package dev.catseye.verify.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WireReaderTest {
  /** Types that several files use, in an order in which each knows those it needs. */
  private static final List<String> SHARED =
      List.of(
          "Crc32c",
          "FrameId",
          "Origin",
          "Box",
          "ScoreMap",
          "FrameAge",
          "OutcomeCounts",
          "HealthState",
          "HealthReason");

  @TestFactory
  Stream<DynamicTest> everySchema_hasTheCanonicalFormAndFingerprintThatAvroGivesIt() {
    return Stream.of("Frame", "Mask", "Alarm", "Health", "Heartbeat", "Trust", "GroundTruth")
        .map(name -> DynamicTest.dynamicTest(name, () -> compareWithAvro(name)));
  }

  private static void compareWithAvro(String name) throws IOException {
    Schema.Parser parser = new Schema.Parser();
    for (String shared : SHARED) {
      parser.parse(resource(shared));
    }
    Schema avro = parser.parse(resource(name));
    WireType ours = new SchemaParser("avro/").file(name);

    assertThat(Fingerprint.canonical(ours)).isEqualTo(SchemaNormalization.toParsingForm(avro));
    assertThat(Fingerprint.of(ours)).isEqualTo(SchemaNormalization.parsingFingerprint64(avro));
  }

  private static InputStream resource(String name) {
    return WireReaderTest.class.getResourceAsStream("/avro/" + name + ".avsc");
  }

  @Test
  void emptyText_hasTheFingerprintOfTheSpecification() {
    assertThat(Fingerprint.crc64(new byte[0])).isEqualTo(0xc15d213aa4d7a795L);
  }

  @Test
  void anotherMarker_isRefused() {
    assertThatThrownBy(() -> WireReader.of("Frame").read(hex("c302" + "00".repeat(8))))
        .isInstanceOf(WireException.class)
        .hasMessage("not an Avro single object");
  }

  @Test
  void anotherSchema_isRefusedByItsFingerprint() {
    assertThatThrownBy(() -> WireReader.of("Frame").read(hex("c301" + "11".repeat(8))))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("schema 1111111111111111, expected");
  }

  @Test
  void numbers_areReadAsTheSpecificationWritesThem() throws WireException {
    WireCursor cursor =
        new WireCursor(hex("00" + "01" + "02" + "7f" + "8001" + "ff".repeat(9) + "01"));

    assertThat(cursor.readLong()).isZero();
    assertThat(cursor.readLong()).isEqualTo(-1);
    assertThat(cursor.readLong()).isEqualTo(1);
    assertThat(cursor.readLong()).isEqualTo(-64);
    assertThat(cursor.readLong()).isEqualTo(64);
    assertThat(cursor.readLong()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aLengthBeyondTheMessage_isRefusedBeforeItIsAllocated() {
    WireCursor cursor = new WireCursor(hex("feffffff0f")); // 2^31 - 1 bytes announced

    assertThatThrownBy(cursor::readBytes)
        .isInstanceOf(WireException.class)
        .hasMessage("2147483647 bytes wanted, 0 left at byte 5");
  }

  @Test
  void aNumberWithoutEnd_isRefused() {
    assertThatThrownBy(() -> new WireCursor(hex("ff".repeat(11))).readLong())
        .hasMessageContaining("longer than 10 bytes");
    assertThatThrownBy(() -> new WireCursor(hex("ff")).readLong()).hasMessageContaining("0 left");
  }

  @Test
  void aSeal_isTheChecksumOfAllBytesBeforeIt() {
    // CRC-32C of "123456789" is e3069283 (Castagnoli's check value); the header counts as data
    byte[] message = HexFormat.of().parseHex("313233343536373839" + "00".repeat(5));
    ByteBuffer sealed = ByteBuffer.allocate(18).put(message);
    sealed.putInt((int) WireReader.crc32c(ByteBuffer.wrap(message))).flip();

    assertThat(WireReader.crc32c(ByteBuffer.wrap(message, 0, 9))).isEqualTo(0xe3069283L);
    assertThat(WireReader.sealHolds(sealed)).isTrue();
    assertThat(WireReader.sealHolds(sealed.putInt(0, 7))).isFalse();
    assertThat(WireReader.sealHolds(ByteBuffer.allocate(4))).isFalse();
  }

  private static ByteBuffer hex(String digits) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(digits));
  }
}
