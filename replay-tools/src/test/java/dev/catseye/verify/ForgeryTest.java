package dev.catseye.verify;

import static dev.catseye.verify.Changed.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.GroundTruth;
import dev.catseye.schemas.Health;
import dev.catseye.schemas.HealthReason;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Heartbeat;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.OutcomeCounts;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.Severity;
import dev.catseye.schemas.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Lies beyond the 27: everything else that a record says, told otherwise under a good seal. */
class ForgeryTest {
  private static final Topics TOPICS = Topics.withPrefix("");

  private RunTape run = RunTape.recorded();

  @Test
  void aRunOfTheServiceAsItIsNow_passes() throws IOException {
    Optional<RunTape> fresh = RunTape.fresh();
    Assumptions.assumeTrue(fresh.isPresent(), "stream-app left no run: its tests did not run");
    run = fresh.get();

    assertThat(judge().examples()).isEmpty();
    assertThat(judge().word()).isEqualTo(Verdict.Word.PASS);
  }

  @Test
  void anythingElseInAnAlarm_breaksC7() {
    for (AlarmState state : AlarmState.values()) {
      alarms(state, alarm -> with(alarm, "severity", Severity.LOW), Promise.C7);
      alarms(state, alarm -> with(alarm, "evidenceCount", 1), Promise.C7);
      alarms(state, alarm -> with(alarm, "growthPerSecond", OptionalDouble.of(3)), Promise.C7);
      alarms(state, alarm -> with(alarm, "secondsToContact", OptionalDouble.of(7)), Promise.C7);
    }
    alarms(AlarmState.SUSPENDED, alarm -> with(alarm, "areaPx", 60), Promise.C7);
    alarms(AlarmState.CLEARED, alarm -> with(alarm, "areaPx", 60), Promise.C7);
    alarms(AlarmState.CLEARED, alarm -> with(alarm, "peakScore", 0.9f), Promise.C7);
  }

  @Test
  void anotherRegionInAnAlarm_breaksC3() {
    for (AlarmState state : List.of(AlarmState.RAISED, AlarmState.UPDATED)) {
      alarms(
          state,
          alarm -> with(alarm, "box", with(alarm.box(), "x", alarm.box().x() + 1)),
          Promise.C3);
      alarms(state, alarm -> with(alarm, "areaPx", 60), Promise.C3);
      alarms(state, alarm -> with(alarm, "drivableFraction", OptionalDouble.of(0.5)), Promise.C3);
    }
  }

  @Test
  void anAlarmThatTheMasksDoNotLeadTo_breaksC7() {
    RunTape.Entry<Mask> mask = first(run.of(TOPICS.masks()), value -> !value.regions().isEmpty());
    RunTape.Entry<Alarm> raised = alarm(AlarmState.RAISED);
    Region region = mask.value().regions().get(0);
    run.replace( // one frame earlier than four of five
        TOPICS.alarms(),
        raised,
        with(
            raised.value(),
            "lastFrame",
            mask.value().frame().orElseThrow(),
            "evidence",
            mask.value().origin(),
            "box",
            region.box(),
            "areaPx",
            region.areaPx(),
            "peakScore",
            region.peakScore()));
    only(Promise.C7);
  }

  @Test
  void anEpisodeLeftOut_breaksC7() {
    run.of(TOPICS.alarms()).stream()
        .filter(entry -> entry.value().cameraId().equals("right"))
        .forEach(entry -> run.records.remove(entry.raw()));
    only(Promise.C7);
  }

  @Test
  void healthOfAnotherCamera_breaksE2() {
    health(
        record -> record.cameraId().equals("left") ? record.lastFrame() : Optional.empty(),
        record ->
            with(
                record,
                "cameraId",
                "right",
                "lastFrame",
                record.lastFrame().map(frame -> with(frame, "cameraId", "right"))),
        Promise.E2);
  }

  @Test
  void healthThatSaysOtherThanItsMasks_breaksE2() {
    health(
        Health::lastFrame,
        record -> with(record, "lastFrame", record.lastFrame().map(ForgeryTest::next)),
        Promise.E2);
    health(Health::lastFrame, record -> with(record, "provider", "CUDA"), Promise.E2);
    health(Health::lastFrame, record -> with(record, "bundleDigest", "cd".repeat(32)), Promise.E2);
    health(
        record -> record.counts().rejected() == 1 ? record.lastFrame() : Optional.empty(),
        record -> with(record, "counts", new OutcomeCounts(1, 0, 0, 0, 0)),
        Promise.E2);
  }

  @Test
  void healthLeftOut_breaksE2() {
    run.of(TOPICS.health()).stream()
        .filter(entry -> entry.value().cameraId().equals("right"))
        .forEach(entry -> run.records.remove(entry.raw()));
    only(Promise.E2);
  }

  @Test
  void blindAlthoughPicturesCome_breaksC4() {
    RunTape.Entry<Health> ok =
        first(run.of(TOPICS.health()), record -> record.state() == HealthState.OK);
    run.replace(
        TOPICS.health(),
        ok,
        with(ok.value(), "state", HealthState.BLIND, "reasons", List.of(HealthReason.SILENT)));
    only(Promise.C4);
  }

  @Test
  void noWordOnACameraThatWentSilent_breaksC4() {
    run.of(TOPICS.health()).stream()
        .filter(entry -> entry.value().cameraId().equals("right"))
        .filter(entry -> entry.value().state() == HealthState.BLIND)
        .forEach(entry -> run.records.remove(entry.raw()));
    only(Promise.C4);
  }

  @Test
  void regionsAndSummaryOfAnotherMap_breakM2() {
    masks(mask -> with(mask, "regions", List.of()), Promise.M2);
    masks(
        mask -> with(mask, "regions", List.of(mask.regions().get(0), mask.regions().get(0))),
        Promise.M2);
    masks(
        mask ->
            with(mask, "summary", mask.summary().map(summary -> with(summary, "meanScore", 0.5f))),
        Promise.M2);
  }

  @Test
  void aMapThatLiesAboutItsSize_breaksM2() {
    masks(
        mask -> {
          ScoreMap map = mask.scoreMap().orElseThrow();
          return with(
              mask,
              "scoreMap",
              Optional.of(
                  with(
                      map,
                      "width",
                      map.height(),
                      "height",
                      map.width(),
                      "scaleX",
                      4.0,
                      "scaleY",
                      1.0)));
        },
        Promise.M2);
  }

  @Test
  void anotherOperatingPoint_breaksD3() {
    masks(
        mask ->
            with(mask, "summary", mask.summary().map(summary -> with(summary, "threshold", 0.6f))),
        Promise.D3);
    masks(mask -> with(mask, "plan", "msp"), Promise.D3);
  }

  @Test
  void camerasThatAreOkOnTheCpu_breakD4_whereAnAcceleratorIsConfigured() {
    run = RunTape.recorded();
    Verdict verdict = run.judge(RunSettings.of(RunProfile.LIVE, Map.of("provider", "cuda")));
    assertThat(verdict.violations()).as("%s", verdict.examples()).containsOnlyKeys(Promise.D4);
  }

  @Test
  void anotherFrame_breaksB2() {
    masks(
        mask ->
            with(
                mask,
                "frameWidth",
                OptionalInt.of(128),
                "scoreMap",
                mask.scoreMap().map(map -> with(map, "scaleX", 4.0))),
        Promise.B2,
        Promise.M2); // with the width the boxes change as well
    masks(mask -> with(mask, "frame", mask.frame().map(ForgeryTest::next)), Promise.B2);
    masks(mask -> with(mask, "driveId", "another"), Promise.B2);
    masks(
        mask -> with(mask, "origin", with(mask.origin(), "offset", mask.origin().offset() + 1)),
        Promise.B2,
        Promise.B1); // its own frame has no outcome then
  }

  @Test
  void aSoundFrameCalledOld_breaksB6() {
    for (Outcome outcome : List.of(Outcome.DUPLICATE, Outcome.LATE)) {
      masks(
          mask -> {
            MaskDraft draft = new MaskDraft(mask);
            draft.old(outcome);
            return draft.mask();
          },
          Promise.B6);
    }
  }

  @Test
  void timesThatRunBack_breakT1() {
    masks(mask -> with(mask, "processedMicros", mask.processedMicros() - 200_000), Promise.T1);
    health(
        Health::lastFrame,
        record -> with(record, "decidedMicros", record.decidedMicros() - 200_000),
        Promise.T1);
  }

  @Test
  void heartbeatsThatRepeatThemselves_breakE3() {
    List<RunTape.Entry<Heartbeat>> beats = run.of(TOPICS.heartbeats());
    long counter = beats.get(4).value().counter();
    run.replace(TOPICS.heartbeats(), beats.get(5), with(beats.get(5).value(), "counter", counter));
    only(Promise.E3);
  }

  @Test
  void labelsThatAreTouched_breakD5() {
    RunTape.Entry<GroundTruth> label = run.of(TOPICS.groundTruth()).get(0);
    byte[] value = label.raw().value().orElseThrow().array().clone();
    value[value.length / 2] ^= 1;
    run.replace(label.raw(), value);
    only(Promise.D5);

    run = RunTape.recorded();
    FrameId nobody = with(label.value().frame(), "sequence", 999L);
    run.replace(TOPICS.groundTruth(), label, with(label.value(), "frame", nobody));
    only(Promise.D5);
  }

  @Test
  void anAbortedMaskReadAsCommitted_breaksB1() {
    RunTape.Entry<Mask> mask = run.of(TOPICS.masks()).get(30);
    run.records.add(
        Recording.moved(
            mask.raw(),
            new Place("masks", 0, mask.raw().place().offset() + 1))); // where its marker stood
    only(Promise.B1);
  }

  @Test
  void recordsUnderAnotherKey_breakTheirPromise() {
    underAnotherKey("masks", Promise.B2);
    underAnotherKey("alarms", Promise.E1);
    underAnotherKey("health", Promise.E2);
    underAnotherKey("heartbeats", Promise.E3);
  }

  private void underAnotherKey(String topic, Promise promise) {
    run = RunTape.recorded();
    RawRecord record =
        run.records.stream()
            .filter(raw -> raw.place().topic().equals(topic))
            .findFirst()
            .orElseThrow();
    RawRecord moved =
        Recording.record(
            record.place(),
            "another",
            record.value().orElseThrow().array(),
            record.appendedMillis());
    run.records.set(run.records.indexOf(record), moved);
    only(promise);
  }

  private void alarms(AlarmState state, UnaryOperator<Alarm> lie, Promise promise) {
    run = RunTape.recorded();
    RunTape.Entry<Alarm> alarm = alarm(state);
    run.replace(TOPICS.alarms(), alarm, lie.apply(alarm.value()));
    only(promise);
  }

  private RunTape.Entry<Alarm> alarm(AlarmState state) {
    return first(run.of(TOPICS.alarms()), alarm -> alarm.state() == state);
  }

  /** Changes a mask with a region that no alarm names. */
  private void masks(UnaryOperator<Mask> lie, Promise... promises) {
    run = RunTape.recorded();
    RunTape.Entry<Mask> mask =
        first(
            run.of(TOPICS.masks()),
            value ->
                !value.regions().isEmpty()
                    && value.frame().orElseThrow().cameraId().equals("left")
                    && value.frame().orElseThrow().sequence() == 13);
    run.replace(TOPICS.masks(), mask, lie.apply(mask.value()));
    Verdict verdict = judge();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.FAIL);
    assertThat(verdict.violations().keySet()).as("%s", verdict.examples()).isSubsetOf(promises);
  }

  /** Changes the tenth record of those of which something is there. */
  private void health(
      Function<Health, Optional<?>> present, UnaryOperator<Health> lie, Promise promise) {
    run = RunTape.recorded();
    List<RunTape.Entry<Health>> records =
        run.of(TOPICS.health()).stream()
            .filter(entry -> present.apply(entry.value()).isPresent())
            .toList();
    RunTape.Entry<Health> record = records.get(Math.min(9, records.size() - 1));
    run.replace(TOPICS.health(), record, lie.apply(record.value()));
    only(promise);
  }

  private static FrameId next(FrameId frame) {
    return with(frame, "sequence", frame.sequence() + 1);
  }

  private static <T> RunTape.Entry<T> first(List<RunTape.Entry<T>> entries, Predicate<T> which) {
    return entries.stream().filter(entry -> which.test(entry.value())).findFirst().orElseThrow();
  }

  private void only(Promise promise) {
    Verdict verdict = judge();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.FAIL);
    assertThat(verdict.violations()).as("%s", verdict.examples()).containsOnlyKeys(promise);
  }

  private Verdict judge() {
    return run.judge(RunSettings.of(RunProfile.LIVE));
  }
}
