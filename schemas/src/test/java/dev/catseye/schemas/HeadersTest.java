package dev.catseye.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  private static final RejectHeaders REJECT =
      new RejectHeaders(
          Reason.DECODE, "JPEG ends at 1/3", "decode", Samples.DIGEST, 1, 5_000, Samples.ORIGIN);
  private static final RedriveHeaders REDRIVE =
      new RedriveHeaders(2, 5_000, new Origin("rejects", 1, 42));

  @Test
  void frameHeaders_areReadAsWritten() {
    RecordHeaders headers = new RecordHeaders();

    FrameHeaders.write(Samples.frame(), headers);

    assertThat(FrameHeaders.read(headers))
        .contains(new FrameHeaders(Samples.ID, 2048, 1024, Encoding.JPEG, 3));
    assertThat(Arrays.stream(headers.toArray()).map(Header::key))
        .containsExactly(
            "camera_id",
            "boot_id",
            "sequence",
            "captured_at",
            "width",
            "height",
            "encoding",
            "content_bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "sequence,-1",
    "sequence,12x",
    "captured_at,9223372036854775808",
    "width,0",
    "height,65536",
    "encoding,JPEG",
    "content_bytes,''",
    "camera_id,''"
  })
  void frameHeaderWithoutValidValue_isAsGoodAsNone(String name, String value) {
    RecordHeaders headers = new RecordHeaders();
    FrameHeaders.write(Samples.frame(), headers);

    headers.remove(name).add(name, value.getBytes(UTF_8));

    assertThat(FrameHeaders.read(headers)).isEmpty();
  }

  @Test
  void noFrameHeaders_readAsNone() {
    assertThat(FrameHeaders.read(new RecordHeaders())).isEmpty();
  }

  @Test
  void rejectHeaders_areReadAsWritten() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("camera_id", "front".getBytes(UTF_8));

    REJECT.write(headers);

    assertThat(RejectHeaders.read(headers)).isEqualTo(REJECT);
    assertThat(headers.lastHeader("camera_id")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reason",
        "detail",
        "stage",
        "bundle_digest",
        "attempt",
        "appended_at",
        "origin_topic"
      })
  void missingRejectHeader_isNamed(String name) {
    RecordHeaders headers = new RecordHeaders();
    REJECT.write(headers);
    headers.remove(name);

    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> RejectHeaders.read(headers))
        .withMessage("reject headers: header " + name + " is missing");
  }

  @Test
  void redriveHeaders_takeThePlaceOfTheRefusal_andLeaveTheRest() {
    RecordHeaders headers = new RecordHeaders();
    FrameHeaders.write(Samples.frame(), headers);
    REJECT.write(headers);

    RedriveHeaders.after(REJECT, new Origin("rejects", 1, 42)).write(headers);

    assertThat(RedriveHeaders.read(headers)).contains(REDRIVE);
    assertThat(FrameHeaders.read(headers)).isPresent();
    assertThat(Arrays.stream(headers.toArray()).map(Header::key))
        .doesNotContain("reason", "detail", "stage", "bundle_digest", "origin_offset");
  }

  @ParameterizedTest
  @CsvSource({"attempt,1", "attempt,x", "appended_at,-1", "reject_topic,''", "reject_offset,-1"})
  void redriveHeaderWithoutValidValue_isAsGoodAsNone(String name, String value) {
    RecordHeaders headers = new RecordHeaders();
    REDRIVE.write(headers);

    headers.remove(name).add(name, value.getBytes(UTF_8));

    assertThat(RedriveHeaders.read(headers)).isEmpty();
  }

  @Test
  void aFirstRefusal_isNoRedrive() {
    RecordHeaders headers = new RecordHeaders();
    REJECT.write(headers);

    assertThat(RedriveHeaders.read(headers)).isEmpty();
  }

  @Test
  void maskIsOvertaken_onlyIfItIsMarked() {
    RecordHeaders headers = new RecordHeaders();
    assertThat(MaskHeaders.isOvertaken(headers)).isFalse();

    MaskHeaders.markOvertaken(headers);

    assertThat(MaskHeaders.isOvertaken(headers)).isTrue();
  }
}
