package dev.catseye.streambench;

import dev.catseye.bench.Machine;
import dev.catseye.verify.Verdict;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What was measured, and on what.
 *
 * @param config what was asked for
 * @param bundle name and version
 * @param bundleDigest of the bundle
 * @param maskBytes size of a mask of the service, and of each record of the client
 * @param machine that ran it
 * @param loadBefore processes that wanted to run before it, mean of the last minute
 * @param loadAfter the same after it
 * @param runs in order; at least one
 * @param verdict of the checker over all frames of the service
 */
public record OverheadReport(
    OverheadConfig config,
    String bundle,
    String bundleDigest,
    int maskBytes,
    Machine machine,
    OptionalDouble loadBefore,
    OptionalDouble loadAfter,
    List<OverheadRun> runs,
    Verdict verdict) {
  public OverheadReport {
    runs = List.copyOf(runs);
  }

  /** All runs as one: latencies together, the means of the rates. */
  OverheadRun together() {
    return new OverheadRun(
        Passes.all(runs.stream().map(OverheadRun::service).toList()),
        Passes.all(runs.stream().map(OverheadRun::client).toList()),
        runs.stream().mapToDouble(OverheadRun::serviceRate).average().orElseThrow(),
        runs.stream().mapToDouble(OverheadRun::clientRate).average().orElseThrow());
  }
}
