package dev.catseye.verify;

import dev.catseye.tools.Cluster;
import dev.catseye.tools.ToolException;
import dev.catseye.tools.TopicReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Reads a {@link History} from a broker. Works beside a running service: what is read when keeps
 * frames in flight from looking lost or doubled.
 *
 * <ol>
 *   <li>committed offsets ("settled"): outcomes of frames below are written by now, and the alarms
 *       that follow from masks below;
 *   <li>ends of health, then of alarms: what was said when a camera went blind is there;
 *   <li>ends of masks and rejects, once the transactions open at that moment have ended;
 *   <li>committed offsets again ("latest"): no outcome read can be of a frame from there on;
 *   <li>ends of frames: no outcome read can be of a frame beyond.
 * </ol>
 */
final class HistoryReader {
  private static final long TRANSACTION_PATIENCE_MILLIS = 30_000; // timeout 10 s, scanned each 10 s
  private static final long TRANSACTION_PAUSE_MILLIS = 50;
  private static final long MOST_FRAMES = 4_000_000; // 8 cameras at 10 Hz for 13 hours

  private final Cluster cluster; // borrowed
  private final TopicNames topics;
  private final String group;
  private final RunSettings settings;

  /**
   * @param cluster borrowed
   * @param group the service's consumer group on frames
   */
  HistoryReader(Cluster cluster, TopicNames topics, String group, RunSettings settings) {
    this.cluster = cluster;
    this.topics = topics;
    this.group = group;
    this.settings = settings;
  }

  History read() throws InterruptedException {
    HistoryBuilder history = new HistoryBuilder(topics, group, settings);
    try (TopicReader committed = new TopicReader(cluster.config(), IsolationLevel.READ_COMMITTED);
        TopicReader uncommitted =
            new TopicReader(cluster.config(), IsolationLevel.READ_UNCOMMITTED)) {
      Set<TopicPartition> outputs = committed.partitions(List.of(topics.masks(), topics.rejects()));
      Set<TopicPartition> frames = committed.partitions(List.of(topics.frames()));
      transactionVersion().ifPresent(history::transactionVersion);
      Map<Integer, Long> settled = committedOffsets(group, topics.frames());
      Map<Integer, Long> judged = committedOffsets(judgeGroup(), topics.masks());
      Map<TopicPartition, Long> plainEnds =
          committed.ends(
              committed.partitions(
                  List.of(
                      topics.health(), topics.heartbeats(), topics.trust(), topics.groundTruth())));
      ReaderEnds alarms = settledEnds(committed, uncommitted, List.of(topics.alarms()));
      ReaderEnds outcomes = settledEnds(committed, uncommitted, outputs);
      Map<Integer, Long> latest = committedOffsets(group, topics.frames());
      Map<TopicPartition, Long> frameEnds = committed.ends(frames);
      requireRoom(committed.starts(frames), frameEnds);
      settled.forEach(
          (partition, offset) ->
              history.committed(
                  partition, new GroupOffset(offset, latest.getOrDefault(partition, offset))));
      judged.forEach((partition, offset) -> history.judged(partition, offset));
      for (ReaderEnds ends :
          List.of(outcomes, alarms, ReaderEnds.of(plainEnds), ReaderEnds.of(frameEnds))) {
        logs(committed.starts(ends.stable().keySet()), ends, history);
      }
      committed.read(frameEnds, record -> history.record(raw(record)));
      outcomes(committed, uncommitted, outcomes.stable(), history);
      committed.read(alarms.stable(), record -> history.record(raw(record)));
      committed.read(plainEnds, record -> history.record(raw(record)));
    }
    return history.build();
  }

  /** Everything is judged in memory: a history that cannot fit is refused, not begun. */
  private void requireRoom(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
    long frames =
        ends.entrySet().stream().mapToLong(end -> end.getValue() - starts.get(end.getKey())).sum();
    if (frames > MOST_FRAMES) {
      throw new ToolException(
          "topic %s holds %d offsets; at most %d can be checked in one piece (1.5 KB of heap each)"
              .formatted(topics.frames(), frames, MOST_FRAMES));
    }
  }

  /** The group that judges masks: named like the one on frames. */
  private String judgeGroup() {
    return group.replaceFirst("perceive$", "judge");
  }

  /**
   * Ends of partitions.
   *
   * @param stable what a reader of committed records may see
   * @param written what had been written when the question was first asked
   */
  private record ReaderEnds(Map<TopicPartition, Long> stable, Map<TopicPartition, Long> written) {

    /** Of partitions on which no open transaction matters. */
    static ReaderEnds of(Map<TopicPartition, Long> stable) {
      return new ReaderEnds(stable, stable);
    }
  }

  /** Reads outcomes as committed, then once more with what transactions took back. */
  private static void outcomes(
      TopicReader committed,
      TopicReader uncommitted,
      Map<TopicPartition, Long> ends,
      HistoryBuilder history) {
    Set<Place> seen = new HashSet<>();
    committed.read(
        ends,
        record -> {
          RawRecord raw = raw(record);
          history.record(raw);
          seen.add(raw.place());
        });
    uncommitted.read(
        ends,
        record -> {
          RawRecord raw = raw(record);
          if (!seen.contains(raw.place())) {
            history.aborted(raw);
          }
        });
  }

  /** Masks that only a reader of uncommitted records sees. */
  List<RawRecord> takenBack() {
    List<RawRecord> found = new ArrayList<>();
    try (TopicReader committed = new TopicReader(cluster.config(), IsolationLevel.READ_COMMITTED);
        TopicReader uncommitted =
            new TopicReader(cluster.config(), IsolationLevel.READ_UNCOMMITTED)) {
      Map<TopicPartition, Long> ends =
          committed.ends(committed.partitions(List.of(topics.masks())));
      Set<Place> seen = new HashSet<>();
      committed.read(ends, record -> seen.add(raw(record).place()));
      uncommitted.read(
          ends,
          record -> {
            RawRecord raw = raw(record);
            if (!seen.contains(raw.place())) {
              found.add(raw);
            }
          });
    }
    return found;
  }

  private Optional<Integer> transactionVersion() throws InterruptedException {
    FinalizedVersionRange range =
        cluster
            .ask(cluster.admin().describeFeatures().featureMetadata())
            .finalizedFeatures()
            .get("transaction.version");
    return Optional.ofNullable(range).map(found -> (int) found.maxVersionLevel());
  }

  /** Committed offsets of a group on a topic; waits for commits that are under way. */
  private Map<Integer, Long> committedOffsets(String member, String topic)
      throws InterruptedException {
    ListConsumerGroupOffsetsOptions stable =
        new ListConsumerGroupOffsetsOptions().requireStable(true);
    Map<TopicPartition, OffsetAndMetadata> offsets =
        cluster.ask(
            cluster
                .admin()
                .listConsumerGroupOffsets(member, stable)
                .partitionsToOffsetAndMetadata());
    return offsets.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic))
        .filter(entry -> entry.getValue() != null)
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().partition(), entry -> entry.getValue().offset()));
  }

  private static ReaderEnds settledEnds(
      TopicReader committed, TopicReader uncommitted, List<String> topics)
      throws InterruptedException {
    return settledEnds(committed, uncommitted, committed.partitions(topics));
  }

  /** Ends for a reader of committed records, after transactions that are open now have ended. */
  private static ReaderEnds settledEnds(
      TopicReader committed, TopicReader uncommitted, Collection<TopicPartition> outputs)
      throws InterruptedException {
    Map<TopicPartition, Long> written = uncommitted.ends(outputs);
    long deadline = System.currentTimeMillis() + TRANSACTION_PATIENCE_MILLIS;
    Map<TopicPartition, Long> stable = committed.ends(outputs);
    while (stable.entrySet().stream().anyMatch(end -> end.getValue() < written.get(end.getKey()))
        && System.currentTimeMillis() < deadline) {
      Thread.sleep(TRANSACTION_PAUSE_MILLIS);
      stable = committed.ends(outputs);
    }
    return new ReaderEnds(stable, written);
  }

  private static void logs(
      Map<TopicPartition, Long> starts, ReaderEnds ends, HistoryBuilder history) {
    ends.stable()
        .forEach(
            (partition, stable) ->
                history.log(
                    new LogBounds(
                        partition.topic(),
                        partition.partition(),
                        starts.get(partition),
                        stable,
                        Math.max(stable, ends.written().get(partition)))));
  }

  /** The record as it came, for the judging side, which knows no Kafka. */
  static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      if (header.value() != null) {
        headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return new RawRecord(
        new Place(record.topic(), record.partition(), record.offset()),
        Optional.ofNullable(record.key()).map(ByteBuffer::wrap),
        Optional.ofNullable(record.value()).map(ByteBuffer::wrap),
        headers,
        record.timestamp());
  }
}
