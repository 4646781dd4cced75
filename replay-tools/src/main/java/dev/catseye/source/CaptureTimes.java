package dev.catseye.source;

import dev.catseye.schemas.ClockDomain;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * When the pictures of drives were taken: from a side file, or a fixed period when nobody wrote it
 * down.
 *
 * <p>The side file is CSV: a heading, then one line per picture with its id and a whole number of
 * microseconds. The heading says which clock: {@code frame,capture_micros} counts from the first
 * picture of the drive, {@code frame,captured_at} from 1970-01-01 UTC.
 */
public final class CaptureTimes {
  private static final String RELATIVE = "frame,capture_micros";
  private static final String ABSOLUTE = "frame,captured_at";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,17}");
  private static final int SHOWN_MISTAKES = 5;

  private final ClockDomain clock;
  private final Map<String, Long> micros; // by picture id; empty for a fixed period
  private final long periodMicros; // 0 when times come from a file
  private final String source;

  private CaptureTimes(
      ClockDomain clock, Map<String, Long> micros, long periodMicros, String source) {
    this.clock = clock;
    this.micros = micros;
    this.periodMicros = periodMicros;
    this.source = source;
  }

  /** Pictures {@code period} apart, above zero. */
  public static CaptureTimes every(Duration period) {
    return new CaptureTimes(
        ClockDomain.SEQUENCE_RELATIVE, Map.of(), period.toNanos() / 1000, "period");
  }

  /**
   * Reads a side file.
   *
   * @throws ToolException with all mistakes in the file (the first five, when there are many)
   */
  public static CaptureTimes read(Path file) throws IOException {
    List<String> lines = lines(file);
    ClockDomain clock =
        switch (lines.isEmpty() ? "" : lines.get(0).strip()) {
          case RELATIVE -> ClockDomain.MONOTONIC;
          case ABSOLUTE -> ClockDomain.UTC;
          default ->
              throw new ToolException(
                  "%s: the first line must be '%s' or '%s'".formatted(file, RELATIVE, ABSOLUTE));
        };
    Map<String, Long> micros = new HashMap<>();
    List<String> mistakes = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      readLine(i + 1, lines.get(i), micros, mistakes);
    }
    refuse(file.toString(), mistakes);
    return new CaptureTimes(clock, micros, 0, file.toString());
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new ToolException(file + ": no UTF-8 text", e);
    }
  }

  private static void readLine(
      int number, String line, Map<String, Long> micros, List<String> mistakes) {
    int comma = line.lastIndexOf(',');
    String id = comma < 0 ? line : line.substring(0, comma).strip();
    String time = comma < 0 ? "" : line.substring(comma + 1).strip();
    if (!NUMBER.matcher(time).matches()) {
      mistakes.add("line %d: '%s' is no number of microseconds".formatted(number, time));
    } else if (micros.put(id, Long.parseLong(time)) != null) {
      mistakes.add("line %d: frame %s a second time".formatted(number, id));
    }
  }

  /** The clock that the times were read from. */
  ClockDomain clock() {
    return clock;
  }

  /**
   * Capture times of the pictures of a drive in microseconds of {@link #clock()}, strictly rising.
   *
   * @throws ToolException if a picture has no time, or one that does not rise
   */
  long[] of(Drive drive) {
    long[] times = new long[drive.pictures().size()];
    List<String> mistakes = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      String id = drive.pictures().get(i).id();
      Long time = periodMicros > 0 ? Long.valueOf(i * periodMicros) : micros.get(id);
      if (time == null) {
        mistakes.add("no time for frame " + id);
        continue;
      }
      times[i] = time;
      if (i > 0 && times[i] <= times[i - 1]) {
        mistakes.add(
            "frame %s at %d us, not after the one before it at %d us"
                .formatted(id, times[i], times[i - 1]));
      }
    }
    refuse(source, mistakes);
    return times;
  }

  private static void refuse(String source, List<String> mistakes) {
    if (!mistakes.isEmpty()) {
      String shown =
          String.join("; ", mistakes.subList(0, Math.min(SHOWN_MISTAKES, mistakes.size())));
      throw new ToolException("%s: %d mistakes: %s".formatted(source, mistakes.size(), shown));
    }
  }
}
