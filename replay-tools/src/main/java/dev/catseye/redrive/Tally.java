package dev.catseye.redrive;

import dev.catseye.schemas.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what becomes of dead letters. Used by one thread. */
final class Tally {
  private final SortedMap<Reason, Long> reasons = new TreeMap<>();
  private final List<String> examples = new ArrayList<>();
  private long read;
  private long putBack;
  private long before;
  private long left;

  /** One more was looked at; returns how many that makes. */
  long read() {
    return ++read;
  }

  void done() {
    before++;
  }

  void left(String why) {
    left++;
    if (examples.size() < RedriveReport.EXAMPLES) {
      examples.add(why);
    }
  }

  void putBack(List<Choice.Return> frames) {
    putBack += frames.size();
    frames.forEach(frame -> reasons.merge(frame.letter().refusal().reason(), 1L, Long::sum));
  }

  long putBack() {
    return putBack;
  }

  RedriveReport report(boolean rehearsed, boolean stopped) {
    return new RedriveReport(
        rehearsed,
        read,
        putBack,
        Collections.unmodifiableSortedMap(new TreeMap<>(reasons)),
        before,
        left,
        List.copyOf(examples),
        stopped);
  }
}
