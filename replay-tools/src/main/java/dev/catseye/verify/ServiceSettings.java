package dev.catseye.verify;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values out of the service's settings file, by the checker's own reading. Immutable. */
final class ServiceSettings {
  private static final Pattern DURATION = Pattern.compile("(\\d+) ?(ms|s|min|h)");

  private final Map<String, String> values;

  ServiceSettings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  int whole(String key, int standard) {
    return value(key, Integer::parseInt).orElse(standard);
  }

  float real(String key, float standard) {
    return value(key, Float::parseFloat).orElse(standard);
  }

  Optional<Float> optionalReal(String key) {
    return value(key, Float::parseFloat);
  }

  boolean flag(String key, boolean standard) {
    return value(key, ServiceSettings::flag).orElse(standard);
  }

  Duration duration(String key, Duration standard) {
    return optionalDuration(key).orElse(standard);
  }

  Optional<Duration> optionalDuration(String key) {
    return value(key, ServiceSettings::duration);
  }

  Optional<String> text(String key) {
    return value(key, Function.identity());
  }

  /** Values of the keys that begin with {@code prefix}, by what follows it. */
  Map<String, String> group(String prefix) {
    Map<String, String> group = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            group.put(key.substring(prefix.length()), value);
          }
        });
    return group;
  }

  private <T> Optional<T> value(String key, Function<String, T> parse) {
    String text = values.getOrDefault(key, "").strip();
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(parse.apply(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + " = " + text + ": cannot be read", e);
    }
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "min" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
