package dev.catseye.verify;

import static dev.catseye.verify.Changed.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Health;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.MapEncoding;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.OutcomeCounts;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.Topics;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The 27 lies that the checker has to find: a recorded run with one of them each must FAIL with
 * exactly the promise that it breaks, and untouched it must PASS.
 */
class MutationTest {
  private static final Topics TOPICS = Topics.withPrefix("");

  private final RunTape run = RunTape.recorded();

  @Test
  void untouched_passes() {
    Verdict verdict = run.judge(RunSettings.of(RunProfile.LIVE));

    assertThat(verdict.examples()).isEmpty();
    assertThat(verdict.doubts()).isEmpty();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.PASS);
    assertThat(verdict.checked())
        .as("promises with something to check")
        .hasSize(Promise.values().length);
  }

  @Test
  void m01_outcomeDropped() {
    run.records.remove(mask(MutationTest::shows).raw());
    only(Promise.B1);
  }

  @Test
  void m02_outcomeDoubled() {
    RunTape.Entry<Mask> mask = mask(MutationTest::shows);
    run.append(TOPICS.masks(), "left", mask.value());
    only(Promise.B1);
  }

  @Test
  void m03_twoOutcomesSwapped() {
    List<RunTape.Entry<Mask>> masks = run.of(TOPICS.masks());
    run.swap(masks.get(20).raw(), masks.get(22).raw());
    only(Promise.B3);
  }

  @Test
  void m04_outcomeMovedToAnotherCamera() {
    RunTape.Entry<Mask> mask = mask(MutationTest::shows);
    FrameId frame = mask.value().frame().orElseThrow();
    FrameId moved = with(frame, "cameraId", "right");
    run.replace(TOPICS.masks(), mask, with(mask.value(), "frame", Optional.of(moved)));
    only(Promise.B2);
  }

  @Test
  void m05_ghostWithoutOrigin() {
    Mask mask = mask(MutationTest::shows).value();
    run.append(TOPICS.masks(), "left", with(mask, "origin", new Origin("frames", 0, 5000)));
    only(Promise.B2);
  }

  @Test
  void m06_outcomeBeyondTheCommittedOffset() {
    run.committed.put(0, run.committed.get(0) - 1);
    only(Promise.B1);
  }

  @Test
  void m07_bitFlippedInAScoreMap() {
    RunTape.Entry<Mask> mask = mask(MutationTest::shows);
    run.replace(
        mask.raw(), flipped(mask.raw(), mask.value().scoreMap().orElseThrow().data().toArray()));
    only(Promise.D2);
  }

  @Test
  void m07_bitFlippedInAScoreMap_andSealedAnew() {
    RunTape.Entry<Mask> mask = mask(MutationTest::shows);
    ScoreMap map = mask.value().scoreMap().orElseThrow();
    byte[] samples = map.decode();
    samples[0] ^= 1;
    ScoreMap changed =
        ScoreMap.encode(
            samples, map.width(), map.height(), 8, MapEncoding.LZ4, map.scaleX(), map.scaleY());
    run.replace(TOPICS.masks(), mask, with(mask.value(), "scoreMap", Optional.of(changed)));
    only(Promise.M2);
  }

  @Test
  void m08_bitFlippedInADetectedFrame() {
    Place origin = new Place("frames", 0, mask(MutationTest::shows).value().origin().offset());
    RawRecord frame =
        run.records.stream()
            .filter(record -> record.place().equals(origin))
            .findFirst()
            .orElseThrow();
    byte[] value = frame.value().orElseThrow().array().clone();
    value[value.length / 2] ^= 4;
    run.replace(frame, value);
    only(Promise.D1);
  }

  @Test
  void m09_checksumZeroed() {
    RawRecord mask = mask(MutationTest::shows).raw();
    byte[] value = mask.value().orElseThrow().array().clone();
    ByteBuffer.wrap(value).putInt(value.length - 4, 0);
    run.replace(mask, value);
    only(Promise.D2);
  }

  @Test
  void m10_regionAreaNotThatOfTheMap() {
    changeRegion("areaPx", 60);
    only(Promise.M2);
  }

  @Test
  void m11_boxOutsideTheFrame() {
    RunTape.Entry<Mask> mask = mask(MutationTest::shows);
    Region region = mask.value().regions().get(0);
    // x as a zigzag varint of one byte, before y: the last one of 64 columns
    String old = hex(region.box().x(), region.box().y());
    run.records.set(
        run.records.indexOf(mask.raw()),
        Recording.resealed(mask.raw(), "02" + old, "02" + "7e" + old.substring(2)));
    only(Promise.M1);
  }

  @Test
  void m12_peakChanged() {
    changeRegion("peakScore", 0.81f);
    only(Promise.M2);
  }

  @Test
  void m13_alarmWithoutMask() {
    Alarm last = lastAlarm("left");
    Alarm forged =
        with(
            last,
            "alarmId",
            "forged",
            "state",
            AlarmState.RAISED,
            "evidence",
            new Origin("frames", 0, 5000),
            "counter",
            last.counter() + 1);
    run.append(TOPICS.alarms(), "left", forged);
    only(Promise.C3);
  }

  @Test
  void m14_clearedBeforeRaised() {
    run.swap(alarm("right", AlarmState.RAISED).raw(), alarm("right", AlarmState.CLEARED).raw());
    only(Promise.C1);
  }

  @Test
  void m15_twoAlarmsOpenOnOneTrack() {
    RunTape.Entry<Alarm> raised = alarm("left", AlarmState.RAISED);
    RunTape.Entry<Alarm> next =
        run.of(TOPICS.alarms()).stream()
            .filter(
                entry -> entry.value().cameraId().equals("left") && entry.value().counter() == 2)
            .findFirst()
            .orElseThrow();
    Alarm twin = with(raised.value(), "alarmId", "twin", "counter", 2L);
    run.replace(TOPICS.alarms(), next, twin);
    only(Promise.C1);
  }

  @Test
  void m16_clearedWithoutAnEvidenceFrame() {
    RunTape.Entry<Alarm> cleared = alarm("left", AlarmState.CLEARED);
    run.replace(
        TOPICS.alarms(), cleared, with(cleared.value(), "evidence", new Origin("frames", 0, 5000)));
    only(Promise.C2);
  }

  @Test
  void m17_alarmCounterGap() {
    run.records.remove(alarm("left", AlarmState.UPDATED).raw());
    only(Promise.E1);
  }

  @Test
  void m18_noSuspendedAlthoughBlind() {
    run.records.remove(alarm("left", AlarmState.SUSPENDED).raw());
    only(Promise.C5);
  }

  @Test
  void m18_noSuspendedAlthoughBlind_andCountedAnew() {
    run.records.remove(alarm("left", AlarmState.SUSPENDED).raw());
    long counter = 1;
    for (RunTape.Entry<Alarm> entry : run.of(TOPICS.alarms())) {
      if (entry.value().cameraId().equals("left")) {
        run.replace(TOPICS.alarms(), entry, with(entry.value(), "counter", counter++));
      }
    }
    only(Promise.C5);
  }

  @Test
  void m19_blindLaterThanTheBound() {
    List<RunTape.Entry<Health>> blind = firstBlindness("right");
    long told = blind.get(0).value().decidedMicros();
    blind.stream()
        .filter(entry -> entry.value().decidedMicros() < told + 700_000)
        .forEach(entry -> run.records.remove(entry.raw()));
    only(Promise.C4);
  }

  @Test
  void m19_blindLaterThanTheBound_byItsOwnTime() {
    RunTape.Entry<Health> blind = firstBlindness("right").get(0);
    long late = blind.value().decidedMicros() + 800_000;
    run.replace(TOPICS.health(), blind, with(blind.value(), "decidedMicros", late));
    only(Promise.C4);
  }

  @Test
  void m19_okInsteadOfBlind() {
    firstBlindness("right")
        .forEach(
            entry -> {
              Health ok = with(entry.value(), "reasons", List.of(), "state", HealthState.OK);
              run.replace(TOPICS.health(), entry, ok);
            });
    only(Promise.C4);
  }

  @Test
  void m20_okAfterFewerThanTenGoodFrames() {
    RunTape.Entry<Health> early =
        health(health -> health.cameraId().equals("left") && health.counter() == 9);
    Health ok = with(early.value(), "reasons", List.of(), "state", HealthState.OK);
    run.replace(TOPICS.health(), early, ok);
    only(Promise.C4);
  }

  @Test
  void m21_aliveCounterStandsWhileOk() {
    RunTape.Entry<Health> ok =
        health(health -> health.state() == HealthState.OK && health.counter() == 15);
    run.replace(TOPICS.health(), ok, with(ok.value(), "counter", 14L));
    only(Promise.E2);
  }

  @Test
  void m21_aliveCounterStandsWhileOk_andNothingIsCounted() {
    RunTape.Entry<Health> ok =
        health(health -> health.state() == HealthState.OK && health.counter() == 15);
    Health standing = with(ok.value(), "counter", 14L, "counts", OutcomeCounts.NONE);
    run.replace(TOPICS.health(), ok, standing);
    only(Promise.E2);
  }

  @Test
  void m22_foreignBundleInOneMask() {
    RunTape.Entry<Mask> mask = mask(evidence());
    run.replace(TOPICS.masks(), mask, with(mask.value(), "bundleDigest", "cd".repeat(32)));
    only(Promise.D3);
  }

  @Test
  void m23_providerCpuInOneMaskOfACudaRun() {
    RunTape.Entry<Mask> cpu = mask(evidence());
    for (RunTape.Entry<Mask> entry : run.of(TOPICS.masks())) {
      if (!entry.raw().equals(cpu.raw())) {
        run.replace(TOPICS.masks(), entry, with(entry.value(), "provider", "CUDA"));
      }
    }
    for (RunTape.Entry<Health> entry : run.of(TOPICS.health())) {
      run.replace(TOPICS.health(), entry, with(entry.value(), "provider", "CUDA"));
    }
    run.of(TOPICS.heartbeats())
        .forEach(
            entry ->
                run.replace(TOPICS.heartbeats(), entry, with(entry.value(), "provider", "CUDA")));
    only(Promise.D4);
  }

  @Test
  void m24_overdueNotMarked() {
    RunTape.Entry<Mask> late = mask(Mask::overdue);
    run.replace(TOPICS.masks(), late, with(late.value(), "overdue", false));
    only(Promise.C6);
  }

  @Test
  void m25_shedInLedger() {
    assertThat(run.judge(RunSettings.of(RunProfile.LEDGER)).violations())
        .containsOnlyKeys(Promise.B7);
  }

  @Test
  void m26_theNewestFrameShed() {
    List<RunTape.Entry<Mask>> masks = run.of(TOPICS.masks());
    RunTape.Entry<Mask> newest = masks.get(masks.size() - 1);
    run.replace(TOPICS.masks(), newest, shed(newest.value()));
    only(Promise.B7);
  }

  @Test
  void m27_aTransactionLeftOpen() {
    for (int i = 0; i < run.logs.size(); i++) {
      LogBounds log = run.logs.get(i);
      if (log.topic().equals("masks")) {
        run.logs.set(i, new LogBounds("masks", 0, 0, log.end() - 6, log.end()));
        run.records.removeIf(
            record ->
                record.place().topic().equals("masks") && record.place().offset() >= log.end() - 6);
      }
    }
    only(Promise.B5);
  }

  private void only(Promise promise) {
    Verdict verdict = run.judge(RunSettings.of(RunProfile.LIVE));
    assertThat(verdict.word()).isEqualTo(Verdict.Word.FAIL);
    assertThat(verdict.violations()).as("%s", verdict.examples()).containsOnlyKeys(promise);
  }

  private RunTape.Entry<Mask> mask(Predicate<Mask> which) {
    return run.of(TOPICS.masks()).stream()
        .filter(entry -> which.test(entry.value()))
        .findFirst()
        .orElseThrow();
  }

  /** Whether it is a mask of the left camera with a region. */
  private static boolean shows(Mask mask) {
    return !mask.regions().isEmpty() && mask.frame().orElseThrow().cameraId().equals("left");
  }

  /** The mask that raised the first alarm of the left camera. */
  private Predicate<Mask> evidence() {
    Origin evidence = alarm("left", AlarmState.RAISED).value().evidence();
    return mask -> mask.origin().equals(evidence);
  }

  private void changeRegion(String component, Object value) {
    RunTape.Entry<Mask> mask = mask(evidence());
    Region region = with(mask.value().regions().get(0), component, value);
    run.replace(TOPICS.masks(), mask, with(mask.value(), "regions", List.of(region)));
  }

  private RunTape.Entry<Alarm> alarm(String camera, AlarmState state) {
    return run.of(TOPICS.alarms()).stream()
        .filter(entry -> entry.value().cameraId().equals(camera))
        .filter(entry -> entry.value().state() == state)
        .findFirst()
        .orElseThrow();
  }

  private Alarm lastAlarm(String camera) {
    return run.of(TOPICS.alarms()).stream()
        .map(RunTape.Entry::value)
        .filter(alarm -> alarm.cameraId().equals(camera))
        .reduce((before, after) -> after)
        .orElseThrow();
  }

  private RunTape.Entry<Health> health(Predicate<Health> which) {
    return run.of(TOPICS.health()).stream()
        .filter(entry -> which.test(entry.value()))
        .findFirst()
        .orElseThrow();
  }

  /** Records of the first silence, which no frame ended. */
  private List<RunTape.Entry<Health>> firstBlindness(String camera) {
    return run.of(TOPICS.health()).stream()
        .filter(entry -> entry.value().cameraId().equals(camera))
        .filter(entry -> entry.value().state() == HealthState.BLIND)
        .toList();
  }

  private static Mask shed(Mask mask) {
    MaskDraft draft = new MaskDraft(mask);
    draft.shed(Reason.STALE);
    assertThat(draft.mask().outcome()).isEqualTo(Outcome.SHED);
    return draft.mask();
  }

  private static String hex(int x, int y) {
    return "%02x%02x".formatted(2 * x, 2 * y);
  }

  /** Flips a bit in the middle of {@code part}, which lies somewhere in the value. */
  private static byte[] flipped(RawRecord raw, byte[] part) {
    byte[] value = raw.value().orElseThrow().array().clone();
    int at = 0;
    while (!ByteBuffer.wrap(value, at, part.length).equals(ByteBuffer.wrap(part))) {
      at++;
    }
    value[at + part.length / 2] ^= 1;
    return value;
  }
}
