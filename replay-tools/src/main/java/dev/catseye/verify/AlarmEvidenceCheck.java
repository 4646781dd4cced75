package dev.catseye.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * C2: CLEARED names a DETECTED frame behind the last one that showed the thing. C3: every other
 * step agrees with the mask of its frame. Of C1: an alarm bears the name of its first sighting.
 *
 * <p>A frame that exists but has no sound outcome is a matter of B1 or D2 and passed over here.
 */
final class AlarmEvidenceCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    Map<Place, List<SeenMask>> outcomes = history.soundByOrigin();
    Map<Identity, SeenMask.Facts> byFrame = new HashMap<>();
    outcomes.values().stream()
        .flatMap(List::stream)
        .filter(mask -> !findings.isBlamed(mask.place()))
        .map(mask -> mask.sound().orElseThrow())
        .filter(SeenMask.Facts::detected)
        .forEach(mask -> mask.identity().ifPresent(frame -> byFrame.put(frame, mask)));
    Map<String, Place> shown = new HashMap<>();
    for (SeenAlarm record : history.soundAlarms()) {
      SeenAlarm.Facts alarm = record.sound().orElseThrow();
      findings.checked(alarm.is("CLEARED") ? Promise.C2 : Promise.C3, 1);
      Optional<String> breach =
          breach(history, outcomes, alarm, findings)
              .or(() -> alarm.is("CLEARED") ? early(alarm, shown.get(alarm.alarm())) : none());
      if (breach.isPresent()) {
        tell(alarm.is("CLEARED") ? Promise.C2 : Promise.C3, record, breach.get(), findings);
      } else if (alarm.is("RAISED")) {
        foreignName(alarm, byFrame).ifPresent(text -> tell(Promise.C1, record, text, findings));
      }
      if (alarm.shows()) {
        shown.put(alarm.alarm(), alarm.evidence());
      }
    }
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static void tell(Promise promise, SeenAlarm record, String text, Findings findings) {
    SeenAlarm.Facts alarm = record.sound().orElseThrow();
    findings.violation(
        promise, record.place(), "alarm %s, %s: %s".formatted(alarm.alarm(), alarm.state(), text));
  }

  /** What the alarm says that the mask of its frame does not. */
  private static Optional<String> breach(
      History history,
      Map<Place, List<SeenMask>> outcomes,
      SeenAlarm.Facts alarm,
      Findings findings) {
    Place evidence = alarm.evidence();
    List<SeenMask> found = outcomes.getOrDefault(evidence, List.of());
    if (found.isEmpty()) {
      boolean known = history.frames().containsKey(evidence) || history.deleted(evidence);
      return known ? Optional.empty() : Optional.of("there is no frame " + evidence);
    }
    if (found.stream().anyMatch(mask -> findings.isBlamed(mask.place()))) {
      return Optional.empty(); // the fault is the mask's, and told
    }
    SeenMask.Facts mask = found.get(0).sound().orElseThrow();
    if (!mask.detected()) {
      return Optional.of("%s is %s".formatted(evidence, mask.outcome()));
    }
    if (!mask.identity().equals(Optional.of(alarm.last()))) {
      return Optional.of("frame '%s' is not that of %s".formatted(alarm.last(), evidence));
    }
    if (!alarm.plan().equals(mask.maker().plan())
        || !alarm.bundle().equals(mask.maker().bundle())
        || !alarm.drive().equals(mask.drive())) {
      return Optional.of("plan, bundle or drive are not those of the mask of " + evidence);
    }
    return alarm.shows() && !mask.regions().contains(alarm.region())
        ? Optional.of("the mask of %s has no region %s".formatted(evidence, alarm.region()))
        : Optional.empty();
  }

  private static Optional<String> early(SeenAlarm.Facts cleared, Place shown) {
    boolean later = shown == null || cleared.evidence().compareTo(shown) > 0;
    return later
        ? Optional.empty()
        : Optional.of("%s is not behind %s, which shows it".formatted(cleared.evidence(), shown));
  }

  /** An alarm is named by its first frame and a region in it, as {@code Alarm.avsc} says. */
  private static Optional<String> foreignName(
      SeenAlarm.Facts alarm, Map<Identity, SeenMask.Facts> byFrame) {
    SeenMask.Facts first = byFrame.get(alarm.first());
    if (first == null
        || first.regions().stream()
            .anyMatch(region -> EpisodeName.of(alarm.first(), region).equals(alarm.alarm()))) {
      return Optional.empty();
    }
    return Optional.of("no region of frame '%s' gives this name".formatted(alarm.first()));
  }
}
