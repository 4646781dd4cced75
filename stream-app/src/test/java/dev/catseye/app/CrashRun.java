package dev.catseye.app;

import dev.catseye.app.CrashingApp.Flaw;
import dev.catseye.app.CrashingApp.Program;
import dev.catseye.config.Settings;
import dev.catseye.detect.Detection;
import dev.catseye.image.RgbPlane;
import dev.catseye.judge.AlarmConfig;
import dev.catseye.judge.HealthConfig;
import dev.catseye.judge.JudgeSetup;
import dev.catseye.judge.JudgeTopology;
import dev.catseye.metrics.Meters;
import dev.catseye.metrics.WorkLog;
import dev.catseye.payload.FolderStore;
import dev.catseye.perceive.Model;
import dev.catseye.perceive.PerceiveConfig;
import dev.catseye.perceive.PerceiveSetup;
import dev.catseye.perceive.PerceiveTopology;
import dev.catseye.perceive.Shedding;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Perceive and, behind it, judge on one partition, each with transactions and crashes of its own,
 * by a clock of the run's own. A frame is not worked on before it was appended.
 */
final class CrashRun implements AutoCloseable {
  static final Topics TOPICS = Topics.withPrefix("");

  private static final int TICK_MILLIS = 50;

  /**
   * What kind of run it is.
   *
   * @param sheds whether perceive gives frames up for newer ones
   * @param perceive what is wrong below perceive
   * @param judge what is wrong below judge
   */
  record Setting(boolean sheds, Flaw perceive, Flaw judge) {
    static final Setting LEDGER = new Setting(false, Flaw.NONE, Flaw.NONE);
    static final Setting LIVE = new Setting(true, Flaw.NONE, Flaw.NONE);
  }

  /** Something that happens; {@code amount} records or ticks where it has any. */
  record Act(Kind kind, int amount) {
    enum Kind {
      PERCEIVE_WORKS,
      PERCEIVE_COMMITS,
      PERCEIVE_CRASHES,
      /** In the middle of a record: inference fails and the golden frame too. */
      PERCEIVE_FALLS_SICK,
      JUDGE_WORKS,
      JUDGE_COMMITS,
      JUDGE_CRASHES,
      TIME_PASSES
    }
  }

  private final CommittedTopics topics = new CommittedTopics();
  private final CrashingApp perceive;
  private final CrashingApp judge;
  private long nowMillis = RoughDrive.START.toEpochMilli();
  private boolean sick;
  private int lossyCrashes;

  /** A run over {@code frames}; nothing happens yet. */
  CrashRun(List<TestRecord<byte[], byte[]>> frames, Setting setting) {
    topics.append(TOPICS.frames().name(), frames);
    Program perceiving =
        new Program(
            "perceive",
            () -> PerceiveTopology.build(TOPICS, perceiveSetup(setting.sheds())),
            TOPICS.frames().name(),
            List.of(TOPICS.masks().name(), TOPICS.rejects().name()),
            "seen-frames");
    Program judging =
        new Program(
            "judge",
            () -> JudgeTopology.build(TOPICS, judgeSetup()),
            TOPICS.masks().name(),
            List.of(TOPICS.alarms().name(), TOPICS.health().name()),
            "cameras");
    perceive = new CrashingApp(perceiving, topics, setting.perceive(), () -> nowMillis);
    judge = new CrashingApp(judging, topics, setting.judge(), () -> nowMillis);
  }

  private PerceiveSetup perceiveSetup(boolean sheds) {
    return new PerceiveSetup(
        PerceiveConfig.from(Settings.of(Map.of(), Map.of())),
        new Model("CPU", RoughDrive.PLAN, "ab".repeat(32), 0.5f, Set.of()),
        this::detection,
        () -> !sick,
        FolderStore.over(List.of()),
        sheds
            ? Optional.of(new Shedding(this::newerWaits, Duration.ofMillis(20)))
            : Optional.empty(),
        new Meters(),
        new WorkLog(),
        () -> 1000 * nowMillis,
        "one");
  }

  /** Alarms come and go within few frames, so that short drives have many. */
  private JudgeSetup judgeSetup() {
    Settings settings =
        Settings.of(
            Map.of(
                "alarm.hits", "2",
                "alarm.frames", "3",
                "alarm.min-area-px", "16",
                "alarm.hold-off", "150 ms",
                "alarm.update", "200 ms"),
            Map.of());
    return new JudgeSetup(
        AlarmConfig.from(settings),
        HealthConfig.from(settings, Duration.ofMillis(100), true, false),
        partition -> OptionalLong.empty(),
        new Meters(),
        new WorkLog(),
        () -> 1000 * nowMillis,
        "one");
  }

  private Detection detection(RgbPlane picture) {
    if (sick) {
      throw new IllegalStateException("the machine is sick");
    }
    return RoughDrive.detection(picture);
  }

  /** As {@link dev.catseye.perceive.Backlog} has it, from the topic itself. */
  private boolean newerWaits(Origin origin, FrameId frame, long untilMillis) {
    List<TestRecord<byte[], byte[]>> frames = topics.of(TOPICS.frames().name());
    return frames.subList((int) origin.offset() + 1, frames.size()).stream()
        .filter(behind -> behind.timestamp() <= Math.min(nowMillis, untilMillis))
        .flatMap(behind -> FrameHeaders.read(behind.headers()).stream())
        .map(FrameHeaders::id)
        .anyMatch(
            id ->
                id.cameraId().equals(frame.cameraId())
                    && id.bootId().equals(frame.bootId())
                    && id.sequence() > frame.sequence());
  }

  void act(Act act) {
    switch (act.kind()) {
      case PERCEIVE_WORKS -> perceive(act.amount());
      case PERCEIVE_COMMITS -> perceive.commit();
      case PERCEIVE_CRASHES -> crash(perceive);
      case PERCEIVE_FALLS_SICK -> fallSick();
      case JUDGE_WORKS -> judge(act.amount());
      case JUDGE_COMMITS -> judge.commit();
      case JUDGE_CRASHES -> crash(judge);
      case TIME_PASSES -> pass(act.amount());
    }
  }

  /** Brings the rest to its end, committing each record. */
  void finish() {
    while (perceive.hasWork() || judge.hasWork()) {
      perceive(1);
      perceive.commit();
      judge(1);
      judge.commit();
    }
    perceive.commit(); // what acts left open at the end of the drive
    judge(Integer.MAX_VALUE);
    judge.commit();
  }

  private void perceive(int most) {
    for (int i = 0; i < most && perceive.hasWork(); i++) {
      while (nowMillis < perceive.next().timestamp()) {
        pass(1);
      }
      perceive.work();
    }
  }

  private void judge(int most) {
    for (int i = 0; i < most && judge.hasWork(); i++) {
      judge.work();
    }
  }

  private void fallSick() {
    sick = true;
    try {
      perceive(1);
    } catch (StreamsException e) {
      // as expected, if the record came as far as inference
    } finally {
      sick = false;
    }
    crash(perceive);
  }

  private void crash(CrashingApp app) {
    lossyCrashes += app.hasUncommitted() ? 1 : 0;
    app.crash();
  }

  private void pass(int ticks) {
    for (int i = 0; i < ticks; i++) {
      nowMillis += TICK_MILLIS;
      judge.pass(Duration.ofMillis(TICK_MILLIS));
    }
  }

  /** Crashes so far that took uncommitted work with them. */
  int lossyCrashes() {
    return lossyCrashes;
  }

  /** What the run has committed. */
  CommittedTopics topics() {
    return topics;
  }

  @Override
  public void close() {
    perceive.close();
    judge.close();
  }
}
