package dev.catseye.streambench;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The meters of the service at one moment. Immutable.
 *
 * @param nanos when it was read, by {@link System#nanoTime}
 * @param series value of each series, by name and labels as they are printed
 */
record MetricsPage(long nanos, Map<String, Double> series) {
  private static final Pattern LINE =
      Pattern.compile("(?m)^([a-z_]+(?:\\{[^}]*})?) ([-+.0-9eE]+|NaN)$");
  private static final Pattern BOUND = Pattern.compile("le=\"([^\"]*)\"");

  MetricsPage {
    series = Map.copyOf(series);
  }

  /** Reads Prometheus' text format. */
  static MetricsPage read(String text, long nanos) {
    Map<String, Double> series = new HashMap<>();
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      series.put(line.group(1), Double.valueOf(line.group(2)));
    }
    return new MetricsPage(nanos, series);
  }

  /** Sum over all labels of a meter; 0 when it is not there. */
  double sum(String meter) {
    return series.entrySet().stream()
        .filter(each -> nameOf(each.getKey()).equals(meter))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** What a histogram counted in each bucket, by the bucket's upper bound. */
  NavigableMap<Double, Double> buckets(String histogram) {
    NavigableMap<Double, Double> cumulative = new TreeMap<>();
    series.forEach(
        (key, value) -> {
          Matcher bound = BOUND.matcher(key);
          if (nameOf(key).equals(histogram + "_bucket") && bound.find()) {
            cumulative.put(boundOf(bound.group(1)), value);
          }
        });
    NavigableMap<Double, Double> counts = new TreeMap<>();
    double below = 0;
    for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
      counts.put(bucket.getKey(), bucket.getValue() - below);
      below = bucket.getValue();
    }
    return counts;
  }

  private static String nameOf(String key) {
    int labels = key.indexOf('{');
    return labels < 0 ? key : key.substring(0, labels);
  }

  private static double boundOf(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }
}
