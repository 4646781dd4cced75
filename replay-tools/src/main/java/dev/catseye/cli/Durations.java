package dev.catseye.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as people write them: {@code 100ms}, {@code 2s}, {@code 1.5s}. */
final class Durations implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(us|ms|s)");

  @Override
  public Duration convert(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches() || Double.parseDouble(matcher.group(1)) <= 0) {
      throw new TypeConversionException(
          "'%s' is no time above zero such as 100ms or 2s".formatted(text));
    }
    double value = Double.parseDouble(matcher.group(1));
    long micros =
        switch (matcher.group(2)) {
          case "us" -> Math.round(value);
          case "ms" -> Math.round(value * 1e3);
          default -> Math.round(value * 1e6);
        };
    return Duration.ofNanos(micros * 1000);
  }
}
