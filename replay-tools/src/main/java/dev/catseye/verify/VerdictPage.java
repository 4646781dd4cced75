package dev.catseye.verify;

import java.util.Collection;
import java.util.List;

/** A verdict on one screen, for people. */
public final class VerdictPage {
  private static final int SHOWN = 5; // examples of each promise; JSON has more
  private static final int DIGEST_SHOWN = 12;
  private static final String INDENT = " ".repeat(10);

  private final StringBuilder page = new StringBuilder();

  private VerdictPage() {}

  /** Several lines with a line end. */
  public static String of(Verdict verdict) {
    VerdictPage page = new VerdictPage();
    page.line(verdict.word().toString());
    page.census(verdict.census());
    for (Promise promise : Promise.values()) {
      page.promise(promise, verdict);
    }
    verdict.doubts().forEach(doubt -> page.line("not sure: " + doubt));
    return page.page.toString();
  }

  private void census(Census census) {
    line(
        "frames    %d judged, %d waiting; cameras %s"
            .formatted(census.judged(), census.waiting(), names(census.cameras())));
    line("outcomes  %s; %d rejects".formatted(outcomes(census), census.rejects()));
    line(
        "judged    %d alarms in %d steps; %d health records; %d heartbeats"
            .formatted(census.alarms(), census.alarmSteps(), census.health(), census.heartbeats()));
    line(
        "made by   bundle %s, plan %s, provider %s, instance %s"
            .formatted(
                names(census.bundles().stream().map(VerdictPage::shortened).toList()),
                names(census.plans()),
                names(census.providers()),
                names(census.instances())));
    List<AbortedRecord> aborted = census.aborted();
    line(
        "aborted   %d records that only uncommitted readers see%s"
            .formatted(aborted.size(), aborted.isEmpty() ? "" : ":"));
    aborted.stream().limit(SHOWN).forEach(record -> line(INDENT + record));
    more(aborted.size());
  }

  private void promise(Promise promise, Verdict verdict) {
    long count = verdict.violations().getOrDefault(promise, 0L);
    long checked = verdict.checked().getOrDefault(promise, 0L);
    String state =
        count > 0
            ? "BROKEN %dx, %d checked".formatted(count, checked)
            : checked > 0 ? "kept, %d checked".formatted(checked) : "nothing to check";
    line("%s %s: %s".formatted(promise, promise.sentence(), state));
    verdict.examples().stream()
        .filter(violation -> violation.promise() == promise)
        .limit(SHOWN)
        .forEach(violation -> line(INDENT + violation.place() + "  " + violation.text()));
    more(count);
  }

  private void more(long count) {
    if (count > SHOWN) {
      line(INDENT + "and " + (count - SHOWN) + " more");
    }
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  private static String outcomes(Census census) {
    return census.outcomes().isEmpty()
        ? "none"
        : String.join(
            ", ",
            census.outcomes().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .toList());
  }

  private static String names(Collection<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static String shortened(String digest) {
    return digest.length() > DIGEST_SHOWN ? digest.substring(0, DIGEST_SHOWN) : digest;
  }
}
