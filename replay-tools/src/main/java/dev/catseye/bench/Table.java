package dev.catseye.bench;

import dev.catseye.detect.DetectorInfo;
import dev.catseye.detect.Provider;
import dev.catseye.image.RgbPlane;
import java.util.Locale;
import java.util.OptionalDouble;

/** Lines that both reports have: what was measured on what, and rows of times. */
final class Table {
  private final StringBuilder text = new StringBuilder();

  /** Begins with what was measured, and on what. */
  Table(Measurement measured) {
    Setting setting = measured.setting();
    DetectorInfo detector = setting.detector();
    RgbPlane picture = setting.frame().picture();
    fact(
        "bundle",
        "%s (%s), plans %s; %s"
            .formatted(
                detector.bundle(),
                detector.bundleDigest().substring(0, 12),
                String.join(", ", setting.plans()),
                setting.precision()));
    fact(
        "frame",
        "%dx%d, %s".formatted(picture.width(), picture.height(), setting.frame().origin()));
    fact(
        "runs",
        "%d of each in turn, after %d to warm up; each pair gave the same maps"
            .formatted(measured.rounds().size(), Bench.WARM_UP_RUNS));
    fact(
        "runtime",
        "%s, provider %s, threads %d"
            .formatted(detector.runtime(), detector.provider(), detector.threads()));
    fact("device", device(setting.machine(), detector.provider()));
    Load load = setting.load();
    fact("load", "%s before, %s after".formatted(load(load.before()), load(load.after())));
  }

  private static String device(Machine machine, Provider provider) {
    String flags = machine.flags().isEmpty() ? "flags not told" : String.join(" ", machine.flags());
    String processor = "%s, %d cores, %s".formatted(machine.processor(), machine.cores(), flags);
    return provider == Provider.CPU
        ? processor
        : machine.gpu().orElse("GPU without a name") + "; " + processor;
  }

  private static String load(OptionalDouble load) {
    return load.isPresent() ? number("%.1f", load.getAsDouble()) : "not told";
  }

  /** A line with a name in front. */
  void fact(String name, String value) {
    line("%-14s%s".formatted(name, value));
  }

  /** Heads the rows of times; {@code further} are the columns behind them. */
  void head(String further) {
    line("");
    line("%-14s%10s%10s%10s%s".formatted("ms", "mean", "p50", "p95", further));
  }

  /** One row of times. */
  void row(String name, Times times, String further) {
    line(
        "%-14s%s%s%s%s"
            .formatted(
                name,
                number("%10.1f", times.meanMs()),
                number("%10.1f", times.percentileMs(50)),
                number("%10.1f", times.percentileMs(95)),
                further));
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
