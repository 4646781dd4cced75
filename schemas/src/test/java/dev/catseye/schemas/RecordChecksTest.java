package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Once a record exists it is valid: what is out of range never becomes one. */
class RecordChecksTest {
  private static final Box BOX = new Box(0, 0, 10, 10);

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, -0.001f, 1.001f, Float.POSITIVE_INFINITY})
  void scoreOutsideZeroToOne_isRefused(float score) {
    refuse(
        () -> new Region(BOX, 1, score, OptionalDouble.empty()),
        "region peak score " + (double) score + " outside [0.0, 1.0]");
    refuse(() -> new Summary(score, 0, 0, 0), "max score");
    refuse(() -> new Region(BOX, 1, 1, OptionalDouble.of(score)), "region drivable fraction");
    refuse(() -> ClassTrust.of(0, 0, score, true), "predicted area");
  }

  @Test
  void areaAboveItsBox_isRefused() {
    refuse(
        () -> new Region(BOX, 101, 1, OptionalDouble.empty()), "region area 101 outside [1, 100]");
    refuse(() -> new Region(BOX, 0, 1, OptionalDouble.empty()), "region area 0 outside [1, 100]");
  }

  @Test
  void frameOfImpossibleSize_isRefused() {
    Content content = new InlineContent(Bytes.of(new byte[0]));
    refuse(
        () ->
            Frame.sealed(
                Samples.ID,
                ClockDomain.UTC,
                0,
                65_536,
                Encoding.PNG,
                content,
                "",
                Optional.empty(),
                OptionalDouble.empty()),
        "frame width 0 outside [1, 65535]");
  }

  @Test
  void egoSpeedThatIsNoNumber_isRefused() {
    Frame frame = Samples.frame();
    refuse(
        () ->
            new Frame(
                frame.id(),
                frame.clock(),
                1,
                1,
                frame.encoding(),
                frame.content(),
                0,
                "",
                Optional.empty(),
                OptionalDouble.of(Double.NaN)),
        "ego speed NaN outside [-200.0, 200.0]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b", "line\nbreak", "half \ud83d pair"})
  void nameThatCannotBeSealed_isRefused(String name) {
    refuse(() -> new FrameId(name, "boot", 0, 0), "camera id ");
    refuse(() -> new FrameId("camera", name, 0, 0), "boot id ");
  }

  @Test
  void nameOrTextAboveItsLength_isRefused() {
    refuse(
        () -> new FrameId("c".repeat(201), "boot", 0, 0),
        "camera id has 201 characters, at most 200");
    refuse(
        () -> new ReferenceContent("u".repeat(4097), 1, Bytes.of(new byte[32]), 0),
        "reference uri has 4097 characters, at most 4096");
  }

  @Test
  void negativeSequenceOrTime_isRefused() {
    refuse(() -> new FrameId("camera", "boot", -1, 0), "sequence -1 outside [0, ");
    refuse(() -> new FrameId("camera", "boot", 0, -1), "capture time -1 outside [0, ");
  }

  @Test
  void missingPart_isNamed() {
    assertThatNullPointerException().isThrownBy(() -> new InlineContent(null)).withMessage("bytes");
  }

  @Test
  void detectedWithoutScoreMap_isNoMask() {
    refuse(
        () -> mask(Outcome.DETECTED, Reason.NONE, Optional.empty(), List.of()),
        "mask of frames-1@17321: DETECTED lacks frame, size, map or summary");
  }

  @Test
  void scoreMapWithoutDetected_isNoMask() {
    refuse(
        () -> mask(Outcome.SHED, Reason.STALE, Optional.of(Samples.scoreMap()), List.of()),
        "mask of frames-1@17321: SHED has map, summary or regions");
  }

  @Test
  void reasonThatDoesNotFit_isNoMask() {
    refuse(
        () -> mask(Outcome.REJECTED, Reason.NONE, Optional.empty(), List.of()),
        "mask of frames-1@17321: outcome REJECTED with reason NONE");
    refuse(
        () -> mask(Outcome.DETECTED, Reason.DECODE, Optional.of(Samples.scoreMap()), List.of()),
        "mask of frames-1@17321: outcome DETECTED with reason DECODE");
  }

  @Test
  void regionOutsideTheFrame_isNoMask() {
    Region outside = new Region(new Box(2000, 0, 49, 1), 1, 1, OptionalDouble.empty());
    refuse(
        () ->
            mask(Outcome.DETECTED, Reason.NONE, Optional.of(Samples.scoreMap()), List.of(outside)),
        "mask of frames-1@17321: Box[x=2000, y=0, width=49, height=1] outside 2048x1024");
  }

  @Test
  void scoreMapOfAnotherScale_isNoMask() {
    ScoreMap map = ScoreMap.encode(new byte[32], 8, 4, 8, MapEncoding.RAW, 256, 255);
    refuse(
        () -> mask(Outcome.DETECTED, Reason.NONE, Optional.of(map), List.of()),
        "mask of frames-1@17321: score map does not cover a frame of 2048x1024");
  }

  @Test
  void alarmOfAnotherCamerasFrame_isNoAlarm() {
    Alarm alarm = Samples.alarm();
    refuse(
        () ->
            new Alarm(
                "a",
                "rear",
                alarm.state(),
                alarm.firstFrame(),
                alarm.lastFrame(),
                alarm.evidence(),
                alarm.box(),
                1,
                1,
                1,
                1,
                OptionalDouble.empty(),
                Severity.LOW,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                "",
                "",
                1,
                0,
                "car"),
        "alarm a of camera rear names frames front/boot-1/1040 and front/boot-1/1042");
  }

  @Test
  void healthThatIsNotOkWithoutReason_isRefused() {
    refuse(
        () ->
            new Health(
                "front",
                HealthState.BLIND,
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                OutcomeCounts.NONE,
                "",
                "",
                0,
                "car"),
        "health of front: state BLIND with reasons []");
  }

  @Test
  void labelValueWithTwoMeanings_isRefused() {
    refuse(
        () ->
            new GroundTruth(
                Samples.ID, "", Bytes.of(new byte[1]), List.of(2), List.of(1, 2), List.of(), ""),
        "ground truth of front/boot-1/1042: label value 2 named twice");
  }

  @Test
  void percentilesThatFall_areRefused() {
    refuse(() -> new FrameAge(1, 5, 4, 6, 7), "95th percentile of age 4 outside [5, ");
  }

  @Test
  void clippedIouThatIsNotTheRawOneClipped_isRefused() {
    refuse(() -> new ClassTrust(0, 1.2f, 0.9f, 0, true), "predicted IoU 0.9 is not 1.2 clipped");
    assertThat(ClassTrust.of(0, 1.2f, 0, true).predictedIou()).isEqualTo(1);
    assertThat(ClassTrust.of(0, -0.2f, 0, true).predictedIou()).isEqualTo(0);
  }

  @Test
  void digestThatIsNoSha256_isRefused() {
    refuse(
        () -> new RejectHeaders(Reason.DECODE, "", "decode", "ABC", 1, 5, Samples.ORIGIN),
        "bundle digest is no SHA-256 in hex: ABC");
  }

  @Test
  void numberOutOfRangeUnderAFittingSeal_isRefusedWhenRead() {
    Messages.Sample<?> sample = Messages.all().get("alarm");
    byte[] message = sample.message();
    byte[] score = littleEndian(Samples.alarm().peakScore());
    ByteBuffer.wrap(message).put(Messages.indexOf(message, score), littleEndian(Float.NaN));

    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> sample.read(Messages.reseal(message)))
        .withMessage("Alarm: alarm peak score NaN outside [0.0, 1.0]")
        .matches(e -> e.reason() == Reason.SCHEMA);
  }

  private static byte[] littleEndian(float value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
  }

  private static Mask mask(
      Outcome outcome, Reason reason, Optional<ScoreMap> map, List<Region> regions) {
    return new Mask(
        Optional.of(Samples.ID),
        OptionalInt.of(2048),
        OptionalInt.of(1024),
        "",
        Samples.ORIGIN,
        "front",
        outcome,
        reason,
        "",
        false,
        "CPU",
        "entropy",
        Samples.DIGEST,
        map,
        regions,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        map.map(present -> new Summary(1, 0, 0, 0)),
        new StageMicros(0, 0, 0, 0, 0, 0),
        0,
        "car");
  }

  private static void refuse(ThrowingCallable making, String message) {
    assertThatIllegalArgumentException().isThrownBy(making).withMessageStartingWith(message);
  }
}
