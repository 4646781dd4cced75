package dev.catseye.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.RedriveHeaders;
import dev.catseye.schemas.ReferenceContent;
import dev.catseye.schemas.RejectHeaders;
import dev.catseye.schemas.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is to be done with each dead letter; no broker. */
class ChooserTest {
  private static final Instant REFUSED = Instant.parse("2026-11-25T12:00:00Z");
  private static final Topics TOPICS = Topics.withPrefix("");

  private static ConsumerRecord<byte[], byte[]> letter(byte[] value, Headers headers) {
    return new ConsumerRecord<>(
        "rejects",
        2,
        12,
        REFUSED.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        Letters.key(),
        value,
        headers,
        Optional.empty());
  }

  private static ConsumerRecord<byte[], byte[]> letter() {
    return letter(Letters.value(7), Letters.headers("frames", 7, 1));
  }

  private static Choice choose(
      ConsumerRecord<byte[], byte[]> record, RejectFilter filter, Set<RedriveHeaders> marks) {
    Chooser.Room room = new Chooser.Room(4, 8 << 20);
    return new Chooser(TOPICS, filter, 3, room, marks, REFUSED).choose(record);
  }

  private static Choice choose(ConsumerRecord<byte[], byte[]> record) {
    return choose(record, RejectFilter.ALL, Set.of());
  }

  private static void assertLeft(ConsumerRecord<byte[], byte[]> record, String why) {
    assertThat(choose(record))
        .isInstanceOfSatisfying(
            Choice.Left.class,
            left -> assertThat(left.why()).startsWith("rejects-2@12").endsWith(why));
  }

  @Test
  void deadLetter_goesBackUnchangedToItsPartition_withItsNextAttempt() {
    Choice.Return back = (Choice.Return) choose(letter());

    assertThat(back.frame().topic()).isEqualTo("frames");
    assertThat(back.frame().partition()).isZero();
    assertThat(back.frame().key()).isEqualTo(Letters.key());
    assertThat(back.frame().value()).isEqualTo(Letters.value(7));
    RedriveHeaders next = new RedriveHeaders(2, 5_000, new Origin("rejects", 2, 12));
    assertThat(RedriveHeaders.read(back.frame().headers())).contains(next);
    assertThat(FrameHeaders.read(back.frame().headers())).isPresent();
    assertThat(Arrays.stream(back.frame().headers().toArray()).map(Header::key))
        .contains("traceparent")
        .doesNotContain("reason", "detail");
    assertThat(back.mark().topic()).isEqualTo("redrives");
    assertThat(RedriveHeaders.read(back.mark().headers())).contains(next);
    assertThat(back.letter()).hasToString("rejects-2@12 (front/boot/7, INFERENCE at detect)");
  }

  @Test
  void markedOne_isDone_butNotOneOfTheSamePlaceOnATopicMadeAnew() {
    Origin place = new Origin("rejects", 2, 12);
    Set<RedriveHeaders> mark = Set.of(new RedriveHeaders(2, 5_000, place));
    Set<RedriveHeaders> old = Set.of(new RedriveHeaders(2, 4_000, place));

    assertThat(choose(letter(), RejectFilter.ALL, mark)).isInstanceOf(Choice.Done.class);
    assertThat(choose(letter(), RejectFilter.ALL, old)).isInstanceOf(Choice.Return.class);
  }

  @Test
  void refusedAsOftenAsAllowed_isLeft() {
    assertThat(choose(letter(Letters.value(7), Letters.headers("frames", 7, 2))))
        .isInstanceOf(Choice.Return.class);
    assertLeft(
        letter(Letters.value(7), Letters.headers("frames", 7, 3)),
        "refused 3 times, at most 3 attempts (--max-attempts)");
  }

  @Test
  void recordThatIsNoDeadLetter_isLeft() {
    assertLeft(
        letter(new byte[3], new RecordHeaders()), "reject headers: header reason is missing");
  }

  @Test
  void bytesThatWereLeftOut_areNotMadeUp() {
    RejectHeaders refusal =
        new RejectHeaders(
            Reason.TOO_LARGE,
            "value of 10000000 bytes left out: 10000000 bytes, at most 8388608 are parsed",
            "admit",
            "",
            1,
            0,
            new Origin("frames", 1, 3));
    assertLeft(
        letter(new byte[0], Letters.headers(7, refusal)),
        "the service had to leave its bytes out; they may still be at frames-1@3");
  }

  @Test
  void unreadableBytes_goBackAsTheyAre() {
    byte[] junk = {1, 2, 3};
    Choice.Return back = (Choice.Return) choose(letter(junk, Letters.headers("frames", 7, 1)));
    assertThat(back.frame().value()).isEqualTo(junk);
  }

  @Test
  void foreignTopicAndMissingPartition_areLeft() {
    assertLeft(
        letter(Letters.value(7), Letters.headers("car-frames", 7, 1)),
        "came from topic car-frames, not from frames");
    RejectHeaders refusal =
        new RejectHeaders(Reason.DECODE, "", "decode", "", 1, 0, new Origin("frames", 4, 3));
    assertLeft(
        letter(Letters.value(7), Letters.headers(7, refusal)),
        "came from partition 4, topic frames has 4");
  }

  @Test
  void expiredReference_isLeft() {
    long now = REFUSED.toEpochMilli() * 1000;
    for (long expiry : new long[] {now, now + 1}) {
      ReferenceContent content =
          new ReferenceContent("file:///d/7.jpg", 9, Bytes.of(new byte[32]), expiry);
      byte[] value = Frames.write(Letters.frame(7, content));
      ConsumerRecord<byte[], byte[]> record = letter(value, Letters.headers("frames", 7, 1));
      if (expiry > now) {
        assertThat(choose(record)).isInstanceOf(Choice.Return.class);
      } else {
        assertLeft(record, "its payload file:///d/7.jpg expired at 2026-11-25T12:00:00Z");
      }
    }
  }

  @Test
  void frameLargerThanItsTopicTakesNow_isLeft() {
    Choice choice =
        new Chooser(TOPICS, RejectFilter.ALL, 3, new Chooser.Room(4, 200), Set.of(), REFUSED)
            .choose(letter());
    assertThat(((Choice.Left) choice).why())
        .matches(".*: \\d+ bytes, topic frames takes 200 \\(max.message.bytes\\)");
  }

  @ParameterizedTest
  @CsvSource({
    "INFERENCE, detect, front, drive-1, abab, 2026-11-25T12:00:00Z, 2026-11-25T12:00:01Z, true",
    "DECODE,,,,,,, false",
    ", decode,,,,,, false",
    ",, rear,,,,, false",
    ",,, drive-0,,,, false",
    ",,,, abc,,, false",
    ",,,,, 2026-11-25T12:00:01Z,, false",
    ",,,,,, 2026-11-25T12:00:00Z, false"
  })
  void filter_namesWhatEachPartNames(
      Reason reason,
      String stage,
      String camera,
      String drive,
      String bundle,
      Instant since,
      Instant until,
      boolean named) {
    RejectFilter filter =
        new RejectFilter(
            setOf(reason),
            setOf(stage),
            setOf(camera),
            setOf(drive),
            setOf(bundle),
            Optional.ofNullable(since),
            Optional.ofNullable(until));
    assertThat(choose(letter(), filter, Set.of()))
        .isInstanceOf(named ? Choice.Return.class : Choice.Passed.class);
  }

  private static <T> Set<T> setOf(T value) {
    return value == null ? Set.of() : Set.of(value);
  }

  @Test
  void unreadableFrame_isOfNoDrive_andOfTheCameraThatItsHeadersName() {
    ConsumerRecord<byte[], byte[]> junk = letter(new byte[] {1}, Letters.headers("frames", 7, 1));
    RejectFilter drive =
        new RejectFilter(
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of("drive-1"),
            Set.of(),
            Optional.empty(),
            Optional.empty());
    RejectFilter camera =
        new RejectFilter(
            Set.of(),
            Set.of(),
            Set.of("front"),
            Set.of(),
            Set.of(),
            Optional.empty(),
            Optional.empty());
    assertThat(choose(junk, drive, Set.of())).isInstanceOf(Choice.Passed.class);
    assertThat(choose(junk, camera, Set.of())).isInstanceOf(Choice.Return.class);
  }
}
