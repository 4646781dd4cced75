package dev.catseye.config;

import java.util.Optional;

/** A setting whose values have an order and therefore a range. */
public final class RangedSetting<T extends Comparable<? super T>> extends Setting<T> {
  RangedSetting(Settings settings, String key, Kind<T> kind, Optional<T> standard, String meaning) {
    super(settings, key, kind, standard, meaning);
  }

  @Override
  public RangedSetting<T> byDefault(String words) {
    super.byDefault(words);
    return this;
  }

  /** A value from {@code min} to {@code max}, both allowed. */
  public T between(T min, T max) {
    return betweenOrAbsent(min, max).orElseThrow();
  }

  /** As {@link #between}; nothing when the setting is absent and has no default. */
  public Optional<T> betweenOrAbsent(T min, T max) {
    String range = kind.show().apply(min) + " to " + kind.show().apply(max);
    return read(value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0, range);
  }
}
