package dev.catseye.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Finds keys and variables that no room asked for, and guesses which one was meant. */
final class UnknownKeys {
  private final List<String> keys;
  private final List<String> variables;
  private final Set<String> prefixes;

  UnknownKeys(Collection<SettingLine> known, Set<String> prefixes) {
    this.keys = known.stream().map(SettingLine::key).toList();
    this.variables = known.stream().map(SettingLine::environmentName).toList();
    this.prefixes = prefixes;
  }

  /** One problem for each unknown name. */
  List<String> in(Collection<String> fileKeys, Collection<String> environmentNames) {
    List<String> problems = new ArrayList<>();
    report("setting", fileKeys, keys, this::hasPrefix, problems);
    report("environment variable", environmentNames, variables, this::hasVariablePrefix, problems);
    return problems;
  }

  private static void report(
      String what,
      Collection<String> names,
      List<String> known,
      Predicate<String> passedThrough,
      List<String> problems) {
    for (String name : names) {
      if (!known.contains(name) && !passedThrough.test(name)) {
        String guess = Similar.to(name, known).map(key -> "; did you mean " + key + "?").orElse("");
        problems.add("unknown " + what + " " + name + guess);
      }
    }
  }

  private boolean hasPrefix(String key) {
    return prefixes.stream().anyMatch(key::startsWith);
  }

  private boolean hasVariablePrefix(String name) {
    return prefixes.stream()
        .map(prefix -> Settings.ENVIRONMENT_PREFIX + Settings.environmentForm(prefix))
        .anyMatch(name::startsWith);
  }
}
