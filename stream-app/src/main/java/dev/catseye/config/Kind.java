package dev.catseye.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How values of one type are written and read in settings.
 *
 * @param expected what a value looks like, for messages and the table
 * @param parse text to value; throws {@link IllegalArgumentException} for anything else
 * @param show value to text, in the form that {@code parse} reads
 */
record Kind<T>(String expected, Function<String, T> parse, Function<T, String> show) {
  private static final Pattern DURATION_TEXT = Pattern.compile("(\\d{1,9}) ?(ms|s|min|h)");
  private static final Pattern SIZE_TEXT = Pattern.compile("(\\d{1,9}) ?(B|KiB|MiB)");

  static final Kind<Integer> INTEGER =
      new Kind<>("a whole number", Integer::valueOf, String::valueOf);
  static final Kind<Float> REAL = new Kind<>("a number", Float::valueOf, Kind::showReal);
  static final Kind<Boolean> FLAG = new Kind<>("true or false", Kind::parseFlag, String::valueOf);
  static final Kind<String> TEXT = new Kind<>("text", text -> text, text -> text);
  static final Kind<Path> PATH = new Kind<>("a path", Path::of, Path::toString);
  static final Kind<Duration> DURATION =
      new Kind<>("a duration such as 250 ms, 2 s or 5 min", Kind::parseDuration, Kind::show);
  static final Kind<Long> SIZE =
      new Kind<>("a size such as 512 KiB or 8 MiB", Kind::parseSize, Kind::showSize);

  static final Kind<List<Path>> PATHS =
      new Kind<>(
          "paths, separated by commas",
          text -> Arrays.stream(text.split(",", -1)).map(String::strip).map(Path::of).toList(),
          paths -> paths.stream().map(Path::toString).collect(Collectors.joining(",")));

  static final Kind<Map<String, Integer>> WEIGHTS =
      new Kind<>(
          "names with a whole number from 1 to 100 each, such as front=3,rear=2",
          Kind::parseWeights,
          weights ->
              weights.entrySet().stream()
                  .map(weight -> weight.getKey() + "=" + weight.getValue())
                  .collect(Collectors.joining(",")));

  /** One constant of an enum, written in lower case with hyphens. */
  static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
    return new Kind<>("one of " + names(type), text -> constant(type, text), Kind::name);
  }

  /** Some constants of an enum, separated by commas. */
  static <E extends Enum<E>> Kind<Set<E>> choices(Class<E> type) {
    return new Kind<>(
        "one or more of " + names(type),
        text -> parseChoices(type, text),
        set -> set.stream().map(Kind::name).collect(Collectors.joining(",")));
  }

  private static Map<String, Integer> parseWeights(String text) {
    Map<String, Integer> weights = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.lastIndexOf('=');
      String name = part.substring(0, Math.max(0, equals)).strip();
      int weight = Integer.parseInt(part.substring(equals + 1).strip());
      if (name.isEmpty() || weight < 1 || weight > 100 || weights.put(name, weight) != null) {
        throw new IllegalArgumentException(text);
      }
    }
    return weights;
  }

  private static <E extends Enum<E>> Set<E> parseChoices(Class<E> type, String text) {
    Set<E> chosen = EnumSet.noneOf(type);
    for (String part : text.split(",", -1)) {
      chosen.add(constant(type, part.strip()));
    }
    return chosen;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> name(constant).equals(text))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> String names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Kind::name).collect(Collectors.joining(", "));
  }

  private static Boolean parseFlag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Duration parseDuration(String text) {
    Matcher matcher = matching(DURATION_TEXT, text);
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "min" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static String show(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0 || millis == 0) {
      return millis + " ms";
    }
    long seconds = millis / 1000;
    return seconds % 3600 == 0
        ? seconds / 3600 + " h"
        : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }

  private static Long parseSize(String text) {
    Matcher matcher = matching(SIZE_TEXT, text);
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "B" -> amount;
      case "KiB" -> amount << 10;
      default -> amount << 20;
    };
  }

  private static String showSize(Long bytes) {
    return bytes % (1 << 20) == 0
        ? (bytes >> 20) + " MiB"
        : bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " B";
  }

  private static String showReal(Float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6f
        ? String.valueOf(Math.round(value))
        : value.toString();
  }

  private static Matcher matching(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    return matcher;
  }
}
