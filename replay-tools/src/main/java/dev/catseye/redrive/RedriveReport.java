package dev.catseye.redrive;

import dev.catseye.schemas.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What became of the dead letters that were meant.
 *
 * @param rehearsed whether nothing was sent: the numbers say what would be
 * @param read records of topic rejects that were looked at
 * @param putBack frames that are on topic frames once more, and marked
 * @param reasons these by the reason of their refusal
 * @param before meant, and put back by an earlier run
 * @param left meant, and cannot be put back
 * @param examples why, one line each, at most {@value #EXAMPLES}
 * @param stopped whether it was interrupted; what is counted as put back is
 */
public record RedriveReport(
    boolean rehearsed,
    long read,
    long putBack,
    SortedMap<Reason, Long> reasons,
    long before,
    long left,
    List<String> examples,
    boolean stopped) {
  /** Most lines about what was left. */
  public static final int EXAMPLES = 20;

  /** For people, without the lines about what was left. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s%d of %d dead letters %s"
            .formatted(
                stopped ? "stopped: " : "",
                putBack,
                read,
                rehearsed ? "would be put back (dry run)" : "put back"));
    reasons.forEach((reason, count) -> lines.add("  %s: %d".formatted(reason, count)));
    lines.add("put back by earlier runs: " + before);
    lines.add("left: " + left);
    return lines;
  }
}
