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
 * @param machine that ran it
 * @param loadBefore processes that wanted to run before it, mean of the last minute
 * @param loadAfter the same after it
 * @param figures of each setting, in the order in which they were measured
 */
public record StreamReport(
    StreamBenchConfig config,
    String bundle,
    String bundleDigest,
    Machine machine,
    OptionalDouble loadBefore,
    OptionalDouble loadAfter,
    List<StreamFigures> figures) {
  public StreamReport {
    figures = List.copyOf(figures);
  }

  /** The worst verdict of all settings. */
  public Verdict.Word word() {
    List<Verdict.Word> words = figures.stream().map(each -> each.verdict().word()).toList();
    if (words.contains(Verdict.Word.FAIL)) {
      return Verdict.Word.FAIL;
    }
    return words.contains(Verdict.Word.UNKNOWN) ? Verdict.Word.UNKNOWN : Verdict.Word.PASS;
  }
}
