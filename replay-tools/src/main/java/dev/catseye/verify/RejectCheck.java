package dev.catseye.verify;

import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** R1: rejects holds the raw bytes of exactly the frames whose outcome is REJECTED. */
final class RejectCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    Map<Optional<Place>, List<SeenReject>> rejects =
        history.rejects().stream().collect(groupingBy(SeenReject::origin));
    Map<Place, List<SeenMask>> outcomes = history.soundByOrigin();
    judgeOutcomes(history, rejects, findings);
    for (SeenReject reject : history.rejects()) {
      boolean stands =
          reject.origin().stream()
              .flatMap(origin -> outcomes.getOrDefault(origin, List.of()).stream())
              .anyMatch(mask -> mask.sound().orElseThrow().rejected());
      findings.checked(Promise.R1, 1);
      if (!stands && history.complete(history.topics().masks())) {
        findings.violation(
            Promise.R1,
            reject.place(),
            reject.origin().map(origin -> "no REJECTED outcome of " + origin).orElse("no origin"));
      }
    }
  }

  private static void judgeOutcomes(
      History history, Map<Optional<Place>, List<SeenReject>> rejects, Findings findings) {
    boolean complete = history.complete(history.topics().rejects());
    for (SeenMask mask : history.masks()) {
      Optional<Place> origin =
          mask.sound().filter(SeenMask.Facts::rejected).map(SeenMask.Facts::origin);
      if (origin.isEmpty()) {
        continue;
      }
      List<SeenReject> found = rejects.getOrDefault(origin, List.of());
      if (found.size() > 1 || (found.isEmpty() && complete)) {
        findings.violation(
            Promise.R1,
            mask.place(),
            "%d records on %s of %s"
                .formatted(found.size(), history.topics().rejects(), origin.get()));
      }
      SeenFrame frame = history.frames().get(origin.get());
      if (frame != null && found.stream().anyMatch(reject -> !reject.holds(frame))) {
        findings.violation(
            Promise.R1, found.get(0).place(), "bytes are not those of " + origin.get());
      }
      String reason = mask.sound().get().reason();
      found.stream()
          .filter(reject -> !reject.reason().equals(reason))
          .forEach(
              reject ->
                  findings.violation(
                      Promise.R1,
                      reject.place(),
                      "refused for '%s', on masks for %s".formatted(reject.reason(), reason)));
    }
  }
}
