package dev.catseye.verify;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * One run as the topics tell it; all that is judged. Takes about 1.5 KB of heap per frame with all
 * that follows from it; payloads and score maps are read and let go.
 *
 * @param topics names of the topics
 * @param group the service's consumer group
 * @param logs bounds of every partition of the topics
 * @param committed committed offsets of the group, by partition of frames
 * @param judged how far masks were judged: committed offsets by partition of masks; empty when no
 *     service judged them
 * @param transactionVersion the broker's feature {@code transaction.version}; empty if it has none
 * @param frames all committed records of frames, by place
 * @param masks all committed records of masks, by partition and offset
 * @param rejects all committed records of rejects, by partition and offset
 * @param alarms all committed records of alarms, by partition and offset
 * @param health all committed records of health, by partition and offset
 * @param beats all records of heartbeats, by partition and offset
 * @param others all records of trust and ground-truth, by topic, partition and offset
 * @param aborted records of masks and rejects that only a reader of uncommitted records sees
 */
record History(
    TopicNames topics,
    String group,
    List<LogBounds> logs,
    Map<Integer, GroupOffset> committed,
    Map<Integer, Long> judged,
    OptionalInt transactionVersion,
    SortedMap<Place, SeenFrame> frames,
    List<SeenMask> masks,
    List<SeenReject> rejects,
    List<SeenAlarm> alarms,
    List<SeenHealth> health,
    List<SeenBeat> beats,
    List<SeenSealed> others,
    List<AbortedRecord> aborted) {

  /** The same with other masks, by partition and offset. */
  History withMasks(List<SeenMask> otherMasks) {
    return new History(
        topics,
        group,
        logs,
        committed,
        judged,
        transactionVersion,
        frames,
        otherMasks,
        rejects,
        alarms,
        health,
        beats,
        others,
        aborted);
  }

  /** Bounds of the partitions of one topic. */
  Stream<LogBounds> logsOf(String topic) {
    return logs.stream().filter(log -> log.topic().equals(topic));
  }

  /** Whether every record of a topic is still there and can be read. */
  boolean complete(String topic) {
    return logsOf(topic).allMatch(log -> log.start() == 0 && !log.isCut());
  }

  /** Whether records before that one were deleted with the beginning of its partition. */
  boolean isTruncated(Place record) {
    return logsOf(record.topic())
        .anyMatch(log -> log.partition() == record.partition() && log.start() > 0);
  }

  /** Whether that record was deleted with the beginning of its partition. */
  boolean deleted(Place record) {
    return logsOf(record.topic())
        .anyMatch(log -> log.partition() == record.partition() && record.offset() < log.start());
  }

  /** Readable alarms whose seal holds, in the order in which they stand. */
  List<SeenAlarm> soundAlarms() {
    return alarms.stream().filter(alarm -> alarm.sound().isPresent()).toList();
  }

  /** Readable health records whose seal holds, in the order in which they stand. */
  List<SeenHealth> soundHealth() {
    return health.stream().filter(record -> record.sound().isPresent()).toList();
  }

  /** Sound masks by the record they judge; of one record in the order they stand on the topic. */
  Map<Place, List<SeenMask>> soundByOrigin() {
    return masks.stream()
        .filter(mask -> mask.sound().isPresent())
        .collect(groupingBy(mask -> mask.sound().orElseThrow().origin(), toList()));
  }

  /** Sound masks that agree with the frame they name: the only ones whose content can be judged. */
  List<SeenMask> agreeing() {
    return masks.stream()
        .filter(mask -> mask.sound().isPresent())
        .filter(mask -> IdentityCheck.disagreement(this, mask.sound().orElseThrow()).isEmpty())
        .toList();
  }
}
