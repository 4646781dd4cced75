package dev.catseye.verify;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * B1: each frame below the committed offset has exactly one outcome, no frame beyond has any.
 *
 * <p>A mask that is readable but not sound counts for the frame it names where that frame has no
 * sound one: the fault is the mask's (D2), not a lost outcome as well.
 */
final class OutcomeCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    Map<Place, List<SeenMask>> outcomes = history.soundByOrigin();
    Set<Place> unsound = unsoundOrigins(history);
    boolean complete = history.complete(history.topics().masks());
    for (SeenFrame frame : history.frames().values()) {
      Place place = frame.place();
      GroupOffset committed = history.committed().get(place.partition());
      if (committed == null) {
        continue; // a premise is missing, and the premises say so
      }
      findings.checked(Promise.B1, 1);
      List<SeenMask> found = outcomes.getOrDefault(place, List.of());
      if (place.offset() >= committed.latest() && !found.isEmpty()) {
        findings.violation(Promise.B1, place, premature(found, committed));
        found.forEach(mask -> findings.blame(mask.place()));
      } else if (found.size() > 1) {
        findings.violation(Promise.B1, place, found.size() + " outcomes: " + places(found));
        found.forEach(mask -> findings.blame(mask.place()));
      } else if (place.offset() < committed.settled()
          && found.isEmpty()
          && complete
          && !unsound.contains(place)) {
        findings.violation(Promise.B1, place, "no outcome");
      }
    }
  }

  private static Set<Place> unsoundOrigins(History history) {
    return history.masks().stream()
        .filter(mask -> mask.sound().isEmpty())
        .flatMap(mask -> mask.facts().stream())
        .map(SeenMask.Facts::origin)
        .collect(Collectors.toSet());
  }

  private static String premature(List<SeenMask> found, GroupOffset committed) {
    return "outcome %s, though only offsets below %d are committed"
        .formatted(places(found), committed.latest());
  }

  private static String places(List<SeenMask> masks) {
    return masks.stream().map(mask -> mask.place().toString()).collect(Collectors.joining(", "));
  }
}
