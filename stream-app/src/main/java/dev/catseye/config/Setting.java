package dev.catseye.config;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * One setting that has a name but was not read yet. The method that says what values are allowed
 * reads it; a bad value becomes a problem of the {@link Settings} and the default stands in, so
 * that reading goes on to the next mistake.
 */
public class Setting<T> {
  private final Settings settings; // borrowed
  private final String key;
  final Kind<T> kind;
  final Optional<T> standard;
  private final String meaning;
  private String shownStandard;

  Setting(Settings settings, String key, Kind<T> kind, Optional<T> standard, String meaning) {
    this.settings = settings;
    this.key = key;
    this.kind = kind;
    this.standard = standard;
    this.meaning = meaning;
    this.shownStandard = standard.map(kind.show()).map(Setting::code).orElse("");
  }

  /** Says in the table how a default comes about that depends on the machine or the profile. */
  public Setting<T> byDefault(String words) {
    shownStandard = words;
    return this;
  }

  /** The value or the default, whatever its range; absent when there is neither. */
  public Optional<T> anyOrAbsent() {
    return read(value -> true, kind.expected());
  }

  /** The value or the default, whatever its range. */
  public T any() {
    return anyOrAbsent().orElseThrow();
  }

  /** The value or the default, which must satisfy {@code allowed}. */
  public T matching(Predicate<T> allowed, String range) {
    return read(allowed, range).orElseThrow();
  }

  final Optional<T> read(Predicate<T> allowed, String range) {
    settings.declare(new SettingLine(key, shownStandard, range, meaning));
    return settings.text(key).map(text -> parse(text, allowed, range)).orElse(standard);
  }

  private Optional<T> parse(String text, Predicate<T> allowed, String range) {
    try {
      T value = kind.parse().apply(text);
      if (allowed.test(value)) {
        return Optional.of(value);
      }
      settings.problem(key + " = " + text + ": must be " + range);
    } catch (IllegalArgumentException e) {
      settings.problem(key + " = " + text + ": must be " + kind.expected());
    }
    return standard;
  }

  private static String code(String value) {
    return value.isEmpty() ? "" : "`" + value + "`";
  }
}
