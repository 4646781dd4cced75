package dev.catseye.verify;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a history holds, in numbers.
 *
 * @param frames records on frames
 * @param judged frames below the committed offset
 * @param outcomes sound masks by outcome
 * @param masks records on masks
 * @param rejects records on rejects
 * @param alarms alarm episodes
 * @param alarmSteps records on alarms
 * @param health records on health
 * @param heartbeats records on heartbeats
 * @param aborted records of aborted transactions, for a reader of uncommitted records only
 * @param cameras cameras named by frames
 * @param plans plans named by detected masks
 * @param providers execution providers named by detected masks
 * @param bundles bundle digests named by detected masks
 * @param instances instances named by masks
 */
public record Census(
    long frames,
    long judged,
    SortedMap<String, Long> outcomes,
    long masks,
    long rejects,
    long alarms,
    long alarmSteps,
    long health,
    long heartbeats,
    List<AbortedRecord> aborted,
    SortedSet<String> cameras,
    SortedSet<String> plans,
    SortedSet<String> providers,
    SortedSet<String> bundles,
    SortedSet<String> instances) {

  static Census of(History history) {
    List<SeenMask.Facts> sound =
        history.masks().stream().flatMap(mask -> mask.sound().stream()).toList();
    List<SeenMask.Facts> detected = sound.stream().filter(SeenMask.Facts::detected).toList();
    return new Census(
        history.frames().size(),
        history.frames().keySet().stream().filter(place -> settled(history, place)).count(),
        sound.stream().collect(groupingBy(SeenMask.Facts::outcome, TreeMap::new, counting())),
        history.masks().size(),
        history.rejects().size(),
        history.soundAlarms().stream()
            .map(record -> record.sound().orElseThrow().alarm())
            .distinct()
            .count(),
        history.alarms().size(),
        history.health().size(),
        history.beats().size(),
        history.aborted(),
        history.frames().values().stream()
            .flatMap(frame -> frame.facts().stream())
            .map(facts -> facts.identity().camera())
            .collect(toCollection(TreeSet::new)),
        distinct(detected, SeenMask.Maker::plan),
        distinct(detected, SeenMask.Maker::provider),
        distinct(detected, SeenMask.Maker::bundle),
        distinct(sound, SeenMask.Maker::instance));
  }

  /** Frames that the service has not committed yet. */
  long waiting() {
    return frames - judged;
  }

  private static boolean settled(History history, Place place) {
    GroupOffset committed = history.committed().get(place.partition());
    return committed != null && place.offset() < committed.settled();
  }

  private static SortedSet<String> distinct(
      List<SeenMask.Facts> masks, Function<SeenMask.Maker, String> fact) {
    return masks.stream().map(SeenMask.Facts::maker).map(fact).collect(toCollection(TreeSet::new));
  }
}
