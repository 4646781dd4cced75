package dev.catseye.verify;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** D3: every DETECTED mask names an expected bundle. */
final class BundleCheck implements Check {
  private final Set<String> stated;

  /**
   * @param stated digests of the bundles that may have run; empty: the one that most masks name
   */
  BundleCheck(Set<String> stated) {
    this.stated = Set.copyOf(stated);
  }

  @Override
  public void judge(History history, Findings findings) {
    Set<String> expected = stated.isEmpty() ? mostNamed(history) : stated;
    for (SeenMask mask : history.masks()) {
      mask.sound()
          .filter(SeenMask.Facts::detected)
          .filter(facts -> !expected.contains(facts.bundle()))
          .ifPresent(
              facts ->
                  findings.violation(
                      Promise.D3, mask.place(), "made by bundle '%s'".formatted(facts.bundle())));
    }
  }

  private static Set<String> mostNamed(History history) {
    Map<String, Long> counts =
        history.masks().stream()
            .flatMap(mask -> mask.sound().stream())
            .filter(SeenMask.Facts::detected)
            .collect(groupingBy(SeenMask.Facts::bundle, LinkedHashMap::new, counting()));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(entry -> Set.of(entry.getKey()))
        .orElse(Set.of());
  }
}
