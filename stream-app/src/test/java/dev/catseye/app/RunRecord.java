package dev.catseye.app;

import static dev.catseye.app.CrashRun.TOPICS;

import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Health;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.OutcomeCounts;
import dev.catseye.schemas.RejectHeaders;
import dev.catseye.schemas.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;

/** Everything that a finished {@link CrashRun} said, and what is wrong with it. */
record RunRecord(
    List<TestRecord<byte[], byte[]>> frames,
    List<Mask> masks,
    List<TestRecord<byte[], byte[]>> rejects,
    List<Alarm> alarms,
    List<Health> health) {

  static RunRecord of(CommittedTopics topics) {
    return new RunRecord(
        List.copyOf(topics.of(TOPICS.frames().name())),
        values(topics, TOPICS.masks()),
        List.copyOf(topics.of(TOPICS.rejects().name())),
        values(topics, TOPICS.alarms()),
        values(topics, TOPICS.health()));
  }

  private static <T> List<T> values(CommittedTopics topics, Topic<T> topic) {
    return topics.of(topic.name()).stream()
        .map(record -> topic.serde().deserializer().deserialize(topic.name(), record.value()))
        .toList();
  }

  boolean has(Outcome outcome) {
    return masks.stream().anyMatch(mask -> mask.outcome() == outcome);
  }

  boolean has(AlarmState state) {
    return alarms.stream().anyMatch(alarm -> alarm.state() == state);
  }

  /** What no run may do, whatever its frames. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    List<Long> origins = masks.stream().map(mask -> mask.origin().offset()).toList();
    for (long frame = 0; frame < frames.size(); frame++) {
      long offset = frame;
      long outcomes = origins.stream().filter(origin -> origin == offset).count();
      if (outcomes != 1) {
        broken.add("frame " + frame + " has " + outcomes + " outcomes");
      }
    }
    if (!origins.equals(origins.stream().sorted().toList())) {
      broken.add("outcomes out of order: " + origins);
    }
    if (!deadLetters().equals(expectedLetters())) {
      broken.add("dead letters " + deadLetters() + ", rejected " + expectedLetters());
    }
    broken.addAll(brokenAlarms());
    broken.addAll(brokenHealth());
    return broken;
  }

  private List<String> deadLetters() {
    return rejects.stream().map(RunRecord::letter).toList();
  }

  private static String letter(TestRecord<byte[], byte[]> reject) {
    RejectHeaders headers = RejectHeaders.read(reject.headers());
    return headers.origin().offset() + " " + headers.detail();
  }

  private List<String> expectedLetters() {
    return masks.stream()
        .filter(mask -> mask.outcome() == Outcome.REJECTED)
        .map(mask -> mask.origin().offset() + " " + mask.detail())
        .toList();
  }

  private List<String> brokenAlarms() {
    List<String> broken = new ArrayList<>();
    Map<String, String> words = new TreeMap<>(); // by episode
    Map<String, Long> counters = new HashMap<>(); // by camera
    for (Alarm alarm : alarms) {
      words.merge(alarm.alarmId(), alarm.state().name().substring(0, 1), String::concat);
      if (alarm.counter() != counters.merge(alarm.cameraId(), 1L, Long::sum)) {
        broken.add("alarm counter of " + alarm.cameraId() + " jumps to " + alarm.counter());
      }
    }
    words.forEach(
        (episode, word) -> {
          if (!word.matches("R[US]*C?")) {
            broken.add("episode " + episode + " is " + word);
          }
        });
    return broken;
  }

  /** Each record counts the frames since the one before; its counter is their sum. */
  private List<String> brokenHealth() {
    List<String> broken = new ArrayList<>();
    Map<String, Long> sums = new HashMap<>(); // by camera
    for (Health said : health) {
      if (said.counter() != sums.merge(said.cameraId(), total(said.counts()), Long::sum)) {
        broken.add("health of " + said.cameraId() + " counts to " + said.counter() + " by " + sums);
      }
    }
    return broken;
  }

  private static long total(OutcomeCounts counts) {
    return counts.detected()
        + counts.shed()
        + counts.rejected()
        + counts.duplicate()
        + counts.late();
  }

  /** Where masks or episodes are other than in a run of the same frames. */
  List<String> differences(RunRecord expected) {
    List<String> differences = new ArrayList<>();
    if (!outcomes().equals(expected.outcomes())) {
      differences.add("outcomes " + outcomes() + ", expected " + expected.outcomes());
    }
    if (!episodes().equals(expected.episodes())) {
      differences.add("episodes " + episodes() + ", expected " + expected.episodes());
    }
    return differences;
  }

  /** Masks without what depends on when they were made: times, and whether they are overdue. */
  private List<String> outcomes() {
    return masks.stream()
        .map(
            mask ->
                String.join(
                    " ",
                    mask.origin().toString(),
                    mask.frame().toString(),
                    mask.outcome().toString(),
                    mask.reason().toString(),
                    mask.detail(),
                    mask.regions().toString(),
                    mask.summary().toString(),
                    mask.payloadChecksum().toString()))
        .toList();
  }

  /**
   * RAISED, UPDATED and CLEARED without what a crash may change: counter and time of the decision.
   */
  List<Alarm> episodes() {
    return alarms.stream()
        .filter(alarm -> alarm.state() != AlarmState.SUSPENDED)
        .map(RunRecord::untimed)
        .toList();
  }

  private static Alarm untimed(Alarm alarm) {
    return new Alarm(
        alarm.alarmId(),
        alarm.cameraId(),
        alarm.state(),
        alarm.firstFrame(),
        alarm.lastFrame(),
        alarm.evidence(),
        alarm.box(),
        alarm.areaPx(),
        alarm.peakScore(),
        alarm.evidenceCount(),
        alarm.evidenceWindow(),
        alarm.drivableFraction(),
        alarm.severity(),
        alarm.growthPerSecond(),
        alarm.secondsToContact(),
        alarm.plan(),
        alarm.bundleDigest(),
        alarm.driveId(),
        1,
        0,
        alarm.instanceId());
  }

  /** Frames that were shed although no newer one of their camera was behind them. */
  List<FrameId> wronglyShed() {
    List<FrameId> wrong = new ArrayList<>();
    for (Mask mask : masks) {
      if (mask.outcome() == Outcome.SHED && !newerFollows(mask)) {
        wrong.add(mask.frame().orElseThrow());
      }
    }
    return wrong;
  }

  private boolean newerFollows(Mask shed) {
    FrameId frame = shed.frame().orElseThrow();
    return frames.subList((int) shed.origin().offset() + 1, frames.size()).stream()
        .map(record -> FrameHeaders.read(record.headers()).map(FrameHeaders::id))
        .flatMap(Optional::stream)
        .anyMatch(
            id ->
                id.cameraId().equals(frame.cameraId())
                    && id.bootId().equals(frame.bootId())
                    && id.sequence() > frame.sequence());
  }
}
