package dev.catseye.send;

import dev.catseye.source.PlannedFrame;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When each frame is due: {@code recorded} as captured, {@code xN} N times as fast, {@code max}
 * without waiting, {@code N Hz} N frames per second.
 *
 * @param kind which rule
 * @param value speed (recorded) or frames per second (fixed), above 0; unused for max
 */
public record Pace(Kind kind, double value) {
  private static final Pattern SPEED = Pattern.compile("x\\s*(\\d+(?:\\.\\d+)?)");
  private static final Pattern HERTZ = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(?i:hz)");

  /** The rules. */
  public enum Kind {
    RECORDED,
    FIXED,
    MAX
  }

  public Pace {
    if (!(value > 0 && value <= 1e6)) {
      throw new IllegalArgumentException(
          "pace %s, expected above 0 and at most 1000000".formatted(value));
    }
  }

  /**
   * Reads what people write.
   *
   * @throws IllegalArgumentException if it is none of the forms
   */
  public static Pace parse(String text) {
    Matcher speed = SPEED.matcher(text);
    Matcher hertz = HERTZ.matcher(text);
    if (text.equals("recorded")) {
      return new Pace(Kind.RECORDED, 1);
    }
    if (text.equals("max")) {
      return new Pace(Kind.MAX, 1);
    }
    if (speed.matches()) {
      return new Pace(Kind.RECORDED, Double.parseDouble(speed.group(1)));
    }
    if (hertz.matches()) {
      return new Pace(Kind.FIXED, Double.parseDouble(hertz.group(1)));
    }
    throw new IllegalArgumentException("'%s' is none of recorded, x2, max, 10Hz".formatted(text));
  }

  /** Whether frames are ever waited for. */
  boolean waits() {
    return kind != Kind.MAX;
  }

  /**
   * Nanoseconds from the start of the replay until frame number {@code index} (0 is the first) is
   * due.
   */
  long dueNanos(long index, PlannedFrame frame) {
    return switch (kind) {
      case RECORDED -> Math.round(frame.offsetMicros() * 1e3 / value);
      case FIXED -> Math.round(index * 1e9 / value);
      case MAX -> 0;
    };
  }
}
