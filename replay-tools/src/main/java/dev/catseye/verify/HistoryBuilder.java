package dev.catseye.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects a {@link History} record by record. Not thread-safe. */
public final class HistoryBuilder {
  private final Pool pool = new Pool();
  private final FrameSight frameSight = new FrameSight(pool);
  private final MaskSight maskSight;
  private final TopicNames topics;
  private final String group;
  private final List<LogBounds> logs = new ArrayList<>();
  private final Map<Integer, GroupOffset> committed = new HashMap<>();
  private final Map<Integer, Long> judged = new HashMap<>();
  private final SortedMap<Place, SeenFrame> frames = new TreeMap<>();
  private final List<SeenMask> masks = new ArrayList<>();
  private final List<SeenReject> rejects = new ArrayList<>();
  private final AlarmSight alarmSight = new AlarmSight(pool);
  private final HealthSight healthSight = new HealthSight(pool);
  private final BeatSight beatSight = new BeatSight(pool);
  private final SealedSight trustSight = new SealedSight("Trust", pool);
  private final SealedSight labelSight = new SealedSight("GroundTruth", pool);
  private final List<SeenAlarm> alarms = new ArrayList<>();
  private final List<SeenHealth> health = new ArrayList<>();
  private final List<SeenBeat> beats = new ArrayList<>();
  private final List<SeenSealed> others = new ArrayList<>();
  private final List<AbortedRecord> aborted = new ArrayList<>();
  private OptionalInt transactionVersion = OptionalInt.empty();

  /**
   * @param group the service's consumer group on frames
   */
  public HistoryBuilder(TopicNames topics, String group, RunSettings settings) {
    this.topics = topics;
    this.group = group;
    this.maskSight = new MaskSight(settings.maps(), pool);
  }

  public void log(LogBounds bounds) {
    logs.add(bounds);
  }

  public void committed(int framesPartition, GroupOffset offset) {
    committed.put(framesPartition, offset);
  }

  public void judged(int masksPartition, long offset) {
    judged.put(masksPartition, offset);
  }

  public void transactionVersion(int version) {
    transactionVersion = OptionalInt.of(version);
  }

  /** Takes a committed record of any of the topics, in any order. */
  public void record(RawRecord raw) {
    String topic = raw.place().topic();
    if (topic.equals(topics.frames())) {
      frames.put(raw.place(), frameSight.see(raw));
    } else if (topic.equals(topics.masks())) {
      masks.add(maskSight.see(raw));
    } else if (topic.equals(topics.rejects())) {
      rejects.add(
          new SeenReject(
              raw.place(),
              rejectOrigin(raw),
              ValueMark.of(raw),
              pool.of(raw.headers().getOrDefault("reason", "")),
              raw.headers().getOrDefault("detail", "")));
    } else if (topic.equals(topics.alarms())) {
      alarms.add(alarmSight.see(raw));
    } else if (topic.equals(topics.health())) {
      health.add(healthSight.see(raw));
    } else if (topic.equals(topics.heartbeats())) {
      beats.add(beatSight.see(raw));
    } else if (topic.equals(topics.trust())) {
      others.add(trustSight.see(raw));
    } else if (topic.equals(topics.groundTruth())) {
      others.add(labelSight.see(raw));
    } else {
      throw new IllegalArgumentException("not one of our topics: " + topic);
    }
  }

  /** Takes a record that only a reader of uncommitted records sees. */
  public void aborted(RawRecord raw) {
    boolean mask = raw.place().topic().equals(topics.masks());
    aborted.add(new AbortedRecord(raw.place(), mask ? maskSight.origin(raw) : rejectOrigin(raw)));
  }

  /** Everything taken so far. */
  History build() {
    return new History(
        topics,
        group,
        List.copyOf(logs),
        Map.copyOf(committed),
        Map.copyOf(judged),
        transactionVersion,
        frames,
        masks.stream().sorted(Comparator.comparing(SeenMask::place)).toList(),
        rejects.stream().sorted(Comparator.comparing(SeenReject::place)).toList(),
        alarms.stream().sorted(Comparator.comparing(SeenAlarm::place)).toList(),
        health.stream().sorted(Comparator.comparing(SeenHealth::place)).toList(),
        beats.stream().sorted(Comparator.comparing(SeenBeat::place)).toList(),
        others.stream().sorted(Comparator.comparing(SeenSealed::place)).toList(),
        List.copyOf(aborted));
  }

  private static Optional<Place> rejectOrigin(RawRecord raw) {
    Map<String, String> headers = raw.headers();
    try {
      return Optional.of(
          new Place(
              headers.getOrDefault("origin_topic", ""),
              Integer.parseInt(headers.getOrDefault("origin_partition", "")),
              Long.parseLong(headers.getOrDefault("origin_offset", ""))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
