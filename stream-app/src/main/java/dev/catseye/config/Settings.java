package dev.catseye.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings of one process: a .properties file with the environment on top. Rooms read their
 * config records from it; {@link #finish} then throws every problem at once. Used by one thread.
 */
public final class Settings {
  static final String ENVIRONMENT_PREFIX = "CATSEYE_";

  /** Variables of that prefix that others read: the launcher, the command line, the tests. */
  private static final Set<String> OTHERS_VARIABLES =
      Set.of("CATSEYE_JAVA_OPTS", "CATSEYE_DEBUG", "CATSEYE_DATA", "CATSEYE_PARITY");

  private final Map<String, String> file;
  private final Map<String, String> environment;
  private final List<SettingLine> lines = new ArrayList<>();
  private final Set<String> prefixes = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  private Settings(Map<String, String> file, Map<String, String> environment) {
    this.file = new TreeMap<>(file);
    this.environment = new TreeMap<>(environment);
    this.environment.keySet().removeIf(name -> !name.startsWith(ENVIRONMENT_PREFIX));
    this.environment.keySet().removeAll(OTHERS_VARIABLES);
  }

  /** Settings without a file. */
  public static Settings of(Map<String, String> values, Map<String, String> environment) {
    return new Settings(values, environment);
  }

  /**
   * Settings of a file.
   *
   * @throws ConfigException if the file cannot be read
   */
  public static Settings load(Path file, Map<String, String> environment) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigException(List.of("settings file " + file + " does not exist"));
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          List.of("settings file " + file + " cannot be read: " + e.getMessage()));
    }
    Map<String, String> values = new LinkedHashMap<>();
    properties.forEach((key, value) -> values.put((String) key, (String) value));
    return new Settings(values, environment);
  }

  /** A whole number; {@code meaning} names the unit. */
  public RangedSetting<Integer> integer(String key, int standard, String meaning) {
    return new RangedSetting<>(this, key, Kind.INTEGER, Optional.of(standard), meaning);
  }

  /** A number; {@code meaning} names the unit. */
  public RangedSetting<Float> real(String key, float standard, String meaning) {
    return new RangedSetting<>(this, key, Kind.REAL, Optional.of(standard), meaning);
  }

  /** A number without a default. */
  public RangedSetting<Float> real(String key, String meaning) {
    return new RangedSetting<>(this, key, Kind.REAL, Optional.empty(), meaning);
  }

  /** A duration, written with its unit. */
  public RangedSetting<Duration> duration(String key, Duration standard, String meaning) {
    return new RangedSetting<>(this, key, Kind.DURATION, Optional.of(standard), meaning);
  }

  /** A duration without a default. */
  public RangedSetting<Duration> duration(String key, String meaning) {
    return new RangedSetting<>(this, key, Kind.DURATION, Optional.empty(), meaning);
  }

  /** A size in bytes, written with its unit. */
  public RangedSetting<Long> size(String key, long standard, String meaning) {
    return new RangedSetting<>(this, key, Kind.SIZE, Optional.of(standard), meaning);
  }

  /** Yes or no. */
  public Setting<Boolean> flag(String key, boolean standard, String meaning) {
    return new Setting<>(this, key, Kind.FLAG, Optional.of(standard), meaning);
  }

  /** Text. */
  public Setting<String> text(String key, String standard, String meaning) {
    return new Setting<>(this, key, Kind.TEXT, Optional.of(standard), meaning);
  }

  /** Text without a default. */
  public Setting<String> text(String key, String meaning) {
    return new Setting<>(this, key, Kind.TEXT, Optional.empty(), meaning);
  }

  /** A path without a default. */
  public Setting<Path> path(String key, String meaning) {
    return new Setting<>(this, key, Kind.PATH, Optional.empty(), meaning);
  }

  /** One constant of an enum. */
  public <E extends Enum<E>> Setting<E> choice(String key, E standard, String meaning) {
    Kind<E> kind = Kind.choice(standard.getDeclaringClass());
    return new Setting<>(this, key, kind, Optional.of(standard), meaning);
  }

  /** One or more constants of an enum. */
  public <E extends Enum<E>> Setting<Set<E>> choices(
      String key, Class<E> type, Set<E> standard, String meaning) {
    return new Setting<>(this, key, Kind.choices(type), Optional.of(standard), meaning);
  }

  /** Some paths; absent for none. */
  public Setting<List<Path>> paths(String key, String meaning) {
    return new Setting<>(this, key, Kind.PATHS, Optional.empty(), meaning);
  }

  /** A weight for each of some names; absent for none. */
  public Setting<Map<String, Integer>> weights(String key, String meaning) {
    return new Setting<>(this, key, Kind.WEIGHTS, Optional.empty(), meaning);
  }

  /**
   * Everything below a prefix such as {@code kafka.}, without the prefix. In the environment an
   * underscore stands for each dot: {@code CATSEYE_KAFKA_SECURITY_PROTOCOL}.
   */
  public Map<String, String> group(String prefix, String range, String meaning) {
    lines.add(new SettingLine(prefix + "*", "", range, meaning));
    prefixes.add(prefix);
    Map<String, String> group = new TreeMap<>();
    file.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            group.put(key.substring(prefix.length()), value.strip());
          }
        });
    String variables = ENVIRONMENT_PREFIX + environmentForm(prefix);
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(variables)) {
            String key = name.substring(variables.length()).toLowerCase(Locale.ROOT);
            group.put(key.replace('_', '.'), value.strip());
          }
        });
    return group;
  }

  /** Notes a mistake that concerns several settings at once. */
  public void problem(String line) {
    problems.add(line);
  }

  /** The table of every setting that was read, in order of reading. */
  public List<SettingLine> lines() {
    return List.copyOf(lines);
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigException with every problem, unknown keys included, if there is any
   */
  public void finish() {
    List<String> all = new ArrayList<>(problems);
    all.addAll(new UnknownKeys(lines, prefixes).in(file.keySet(), environment.keySet()));
    if (!all.isEmpty()) {
      throw new ConfigException(all);
    }
  }

  void declare(SettingLine line) {
    lines.add(line);
  }

  Optional<String> text(String key) {
    String fromEnvironment = environment.get(ENVIRONMENT_PREFIX + environmentForm(key));
    return Optional.ofNullable(fromEnvironment != null ? fromEnvironment : file.get(key))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  static String environmentForm(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
