package dev.catseye.schemas;

import java.util.List;
import java.util.regex.Pattern;

/** Range checks of the records; each failure names the thing and the numbers. */
final class Checks {
  /** Longest identifier (camera, boot, drive, instance) in characters. */
  static final int MAX_ID = 200;

  /** Longest free text (detail, record key, address) in characters. */
  static final int MAX_TEXT = 4096;

  /** Last microsecond of the year 9999: sums of two times never overflow. */
  static final long MAX_MICROS = 253_402_300_799_999_999L;

  private static final Pattern TOPIC_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private Checks() {}

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would cost a run-time dependency
  static void require(boolean holds, String format, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(format, values));
    }
  }

  /** A name of 1 to 200 characters without control characters (0 separates names in checksums). */
  static void id(String value, String what) {
    require(!value.isEmpty(), "%s is empty", what);
    idOrEmpty(value, what);
  }

  static void idOrEmpty(String value, String what) {
    require(
        value.length() <= MAX_ID, "%s has %d characters, at most %d", what, value.length(), MAX_ID);
    require(
        value.codePoints().noneMatch(Checks::isControlOrLone), "%s holds control characters", what);
  }

  /** A name that Kafka allows: 1 to 249 letters, digits, dots, underscores and hyphens. */
  static void topicName(String value, String what) {
    require(TOPIC_NAME.matcher(value).matches(), "%s is no topic name: %s", what, value);
  }

  /** Free text: any characters that UTF-8 can carry. */
  static void text(String value, String what) {
    require(
        value.length() <= MAX_TEXT,
        "%s has %d characters, at most %d",
        what,
        value.length(),
        MAX_TEXT);
    require(value.codePoints().noneMatch(Checks::isLone), "%s holds half a surrogate pair", what);
  }

  /** 64 lower-case hex digits. */
  static void digest(String value, String what) {
    require(!value.isEmpty(), "%s is empty", what);
    digestOrEmpty(value, what);
  }

  /** 64 lower-case hex digits, or empty when unknown. */
  static void digestOrEmpty(String value, String what) {
    boolean hex = value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    require(
        value.isEmpty() || (value.length() == 64 && hex),
        "%s is no SHA-256 in hex: %s",
        what,
        value);
  }

  static void within(long value, long min, long max, String what) {
    require(value >= min && value <= max, "%s %d outside [%d, %d]", what, value, min, max);
  }

  static void within(double value, double min, double max, String what) {
    require(value >= min && value <= max, "%s %s outside [%s, %s]", what, value, min, max);
  }

  static void fraction(double value, String what) {
    within(value, 0, 1, what);
  }

  static void finite(double value, String what) {
    within(value, -Double.MAX_VALUE, Double.MAX_VALUE, what);
  }

  static void micros(long value, String what) {
    within(value, 0, MAX_MICROS, what);
  }

  static void noneTwice(List<?> values, String what) {
    require(
        values.stream().distinct().count() == values.size(),
        "%s names one twice: %s",
        what,
        values);
  }

  private static boolean isControlOrLone(int codePoint) {
    return Character.isISOControl(codePoint) || isLone(codePoint);
  }

  private static boolean isLone(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
