package dev.catseye.verify;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * D3: one bundle, plan and operating point made everything. D4: on one execution provider, and no
 * camera is OK on the CPU where an accelerator is configured. Where none is stated, what most masks
 * name counts as the right one.
 */
final class MakerCheck implements Check {
  private final RunSettings settings;

  MakerCheck(RunSettings settings) {
    this.settings = settings;
  }

  @Override
  public void judge(History history, Findings findings) {
    Set<String> bundles = stated(settings.bundles(), history, SeenMask.Maker::bundle);
    Set<String> providers = stated(settings.providers(), history, SeenMask.Maker::provider);
    Map<String, Model> models = models(history);
    for (SeenMask mask : history.masks()) {
      mask.sound()
          .ifPresent(
              facts -> {
                SeenMask.Maker maker = facts.maker();
                bundle(bundles, maker.bundle())
                    .or(() -> foreignModel(models.get(maker.bundle()), facts))
                    .ifPresent(text -> findings.violation(Promise.D3, mask.place(), text));
                provider(providers, maker.provider())
                    .ifPresent(text -> findings.violation(Promise.D4, mask.place(), text));
              });
    }
    for (SeenBeat beat : history.beats()) {
      beat.sound()
          .ifPresent(
              facts -> {
                bundle(bundles, facts.bundle())
                    .ifPresent(text -> findings.violation(Promise.D3, beat.place(), text));
                provider(providers, facts.provider())
                    .ifPresent(text -> findings.violation(Promise.D4, beat.place(), text));
              });
    }
    for (SeenHealth health : settings.accelerated() ? history.health() : List.<SeenHealth>of()) {
      health
          .sound()
          .filter(facts -> facts.ok() && facts.provider().equals("CPU"))
          .ifPresent(
              facts ->
                  findings.violation(
                      Promise.D4,
                      health.place(),
                      "OK of camera %s on the CPU, where an accelerator is configured"
                          .formatted(facts.camera())));
    }
    findings.checked(Promise.D3, history.masks().size() + history.beats().size());
    findings.checked(Promise.D4, history.masks().size() + history.beats().size());
  }

  /** What one bundle is run with. */
  private record Model(String plan, double threshold) {}

  private static Map<String, Model> models(History history) {
    Map<String, Map<Model, Long>> counts = new LinkedHashMap<>();
    detected(history)
        .forEach(
            facts ->
                counts
                    .computeIfAbsent(facts.maker().bundle(), bundle -> new LinkedHashMap<>())
                    .merge(model(facts), 1L, Long::sum));
    Map<String, Model> models = new LinkedHashMap<>();
    counts.forEach((bundle, found) -> most(found).ifPresent(model -> models.put(bundle, model)));
    return models;
  }

  private static Model model(SeenMask.Facts facts) {
    return new Model(facts.maker().plan(), facts.maker().threshold().orElse(Double.NaN));
  }

  private static Optional<String> foreignModel(Model expected, SeenMask.Facts facts) {
    if (expected == null) {
      return Optional.empty();
    }
    if (!facts.maker().plan().equals(expected.plan())) {
      return Optional.of(
          "made by plan '%s', not '%s'".formatted(facts.maker().plan(), expected.plan()));
    }
    return facts.detected() && !model(facts).equals(expected)
        ? Optional.of(
            "operating point %s, not %s"
                .formatted((float) model(facts).threshold(), (float) expected.threshold()))
        : Optional.empty();
  }

  private static Optional<String> bundle(Set<String> expected, String named) {
    return foreign(expected, named) ? Optional.of("made by bundle '" + named + "'") : none();
  }

  private static Optional<String> provider(Set<String> expected, String named) {
    return foreign(expected, named)
        ? Optional.of("made on provider '%s', not %s".formatted(named, String.join(", ", expected)))
        : none();
  }

  private static boolean foreign(Set<String> expected, String named) {
    return !expected.isEmpty() && !named.isEmpty() && !expected.contains(named);
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static Set<String> stated(
      Set<String> stated, History history, Function<SeenMask.Maker, String> fact) {
    if (!stated.isEmpty()) {
      return stated;
    }
    Map<String, Long> counts =
        detected(history)
            .map(facts -> fact.apply(facts.maker()))
            .collect(groupingBy(Function.identity(), LinkedHashMap::new, counting()));
    return most(counts).map(Set::of).orElse(Set.of());
  }

  private static Stream<SeenMask.Facts> detected(History history) {
    return history.masks().stream()
        .flatMap(mask -> mask.sound().stream())
        .filter(SeenMask.Facts::detected);
  }

  private static <T> Optional<T> most(Map<T, Long> counts) {
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }
}
