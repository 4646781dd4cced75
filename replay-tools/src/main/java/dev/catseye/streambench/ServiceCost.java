package dev.catseye.streambench;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the service did and took in a time, by its own meters.
 *
 * @param runs runs of the network, by the most frames that a run of the bucket had
 * @param meanRunSeconds of one run; NaN where there was none
 * @param meanRunFrames of one run; NaN where there was none
 * @param rssMib resident memory at the end, MiB; NaN where the system does not tell
 * @param rssSlope MiB per minute, by least squares over one reading per second
 * @param allocatedPerFrame bytes that Java threads allocated on the heap, per record that was taken
 *     from topic frames
 * @param allocatedPerDetected the same, per frame that was computed
 */
record ServiceCost(
    NavigableMap<Double, Long> runs,
    double meanRunSeconds,
    double meanRunFrames,
    double rssMib,
    double rssSlope,
    double allocatedPerFrame,
    double allocatedPerDetected) {
  private static final double MIB = 1 << 20;
  private static final double NANOS_PER_MINUTE = 60e9;
  private static final String RSS = "process_resident_memory_bytes";
  private static final String FRAMES = "catseye_run_frames";

  /**
   * What lies between the first and the last of these pages.
   *
   * @param pages at least one
   */
  static ServiceCost between(List<MetricsPage> pages) {
    MetricsPage first = pages.get(0);
    MetricsPage last = pages.get(pages.size() - 1);
    double runs = grown(first, last, FRAMES + "_count");
    double computed = grown(first, last, FRAMES + "_sum");
    double allocated = grown(first, last, "catseye_jvm_allocated_bytes_total");
    Slope slope = new Slope();
    pages.stream()
        .filter(page -> page.sum(RSS) > 0)
        .forEach(page -> slope.add(page.nanos() / NANOS_PER_MINUTE, page.sum(RSS) / MIB));
    return new ServiceCost(
        histogram(first, last),
        grown(first, last, "catseye_run_duration_seconds_sum") / runs,
        computed / runs,
        last.sum(RSS) > 0 ? last.sum(RSS) / MIB : Double.NaN,
        slope.value(),
        allocated / grown(first, last, "catseye_frames_received_total"),
        allocated / computed);
  }

  private static double grown(MetricsPage first, MetricsPage last, String meter) {
    return last.sum(meter) - first.sum(meter);
  }

  private static NavigableMap<Double, Long> histogram(MetricsPage first, MetricsPage last) {
    Map<Double, Double> before = first.buckets(FRAMES);
    NavigableMap<Double, Long> counts = new TreeMap<>();
    last.buckets(FRAMES)
        .forEach(
            (bound, count) -> {
              long runs = Math.round(count - before.getOrDefault(bound, 0.0));
              if (runs > 0) {
                counts.put(bound, runs);
              }
            });
    return counts;
  }
}
