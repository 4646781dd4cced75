package dev.catseye.streambench;

import dev.catseye.bench.Machine;
import java.util.Locale;
import java.util.OptionalDouble;

/** Lines that both tables have. Not thread-safe. */
final class Text {
  private final StringBuilder text = new StringBuilder();

  /** A line with a name in front. */
  void fact(String name, String value) {
    line("%-10s%s".formatted(name, value));
  }

  /** The machine, and how busy it was. */
  void machine(Machine machine, OptionalDouble loadBefore, OptionalDouble loadAfter) {
    fact(
        "device",
        "%s, %d cores, %s"
            .formatted(machine.processor(), machine.cores(), String.join(" ", machine.flags())));
    fact("load", "%s before, %s after".formatted(told(loadBefore), told(loadAfter)));
  }

  private static String told(OptionalDouble load) {
    return load.isPresent() ? number("%.1f", load.getAsDouble()) : "not told";
  }

  /** A line of its own. */
  void line(String line) {
    text.append(line).append('\n');
  }

  /** A number as it is written everywhere, whatever the user's locale. */
  static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
