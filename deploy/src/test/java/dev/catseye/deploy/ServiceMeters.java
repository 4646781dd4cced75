package dev.catseye.deploy;

import dev.catseye.metrics.Meters;
import dev.catseye.metrics.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The meters of the service: names and types from the service itself, labels from the README, whose
 * table of names the service's tests hold true.
 */
final class ServiceMeters {
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`catseye_[^|]*)\\|([^|]*)\\|");
  private static final Pattern NAME = Pattern.compile("`(catseye_\\w+)`");
  private static final Pattern PART = Pattern.compile("_(bucket|sum|count)$");

  private final Map<String, String> types = new TreeMap<>();
  private final Map<String, Set<String>> labels = new TreeMap<>();

  ServiceMeters() throws IOException {
    Meters meters = Meters.withJvm();
    meters.process(() -> new ProcessState(true, true, 0, List.of()));
    TYPE.matcher(meters.text())
        .results()
        .forEach(match -> types.put(match.group(1), match.group(2)));
    ROW.matcher(Files.readString(Path.of("../README.md"))).results().forEach(this::addRow);
  }

  private void addRow(MatchResult row) {
    Set<String> each = new TreeSet<>(List.of(row.group(2).strip().split(",\\s*")));
    NAME.matcher(row.group(1)).results().forEach(name -> labels.put(name.group(1), each));
  }

  /** Type of a meter, or of the histogram that a sample is part of; empty when there is none. */
  Optional<String> typeOf(String sample) {
    String type = types.get(sample);
    if (type != null) {
      return Optional.of(type);
    }
    return Optional.ofNullable(types.get(family(sample))).filter("histogram"::equals);
  }

  /** Labels of a meter of Catseye's own; none for those of the JVM. */
  Set<String> labelsOf(String sample) {
    return labels.getOrDefault(family(sample), Set.of());
  }

  private static String family(String sample) {
    return PART.matcher(sample).replaceFirst("");
  }
}
