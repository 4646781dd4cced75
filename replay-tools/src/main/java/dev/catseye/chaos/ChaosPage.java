package dev.catseye.chaos;

import dev.catseye.verify.Verdict;
import dev.catseye.verify.VerdictPage;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of a run, for people. */
public final class ChaosPage {
  private ChaosPage() {}

  /** Several lines with a line end. */
  public static String of(ChaosResult result) {
    StringBuilder page = new StringBuilder();
    page.append("chaos: %s%n".formatted(result.config().line()));
    page.append(
        String.format(
            Locale.ROOT,
            "from %s, faults for %.0f s, %d frames confirmed, %d processes of the service%n",
            Instant.ofEpochMilli(result.startMillis()),
            result.seconds(),
            result.confirmed(),
            result.lives()));
    result.ownEnds().forEach(end -> page.append("ended by itself: %s%n".formatted(end)));
    page.append("faults:%n".formatted());
    for (Trial trial : result.trials()) {
      page.append(
          String.format(
              Locale.ROOT,
              "  %6.1f s  %s%n",
              (trial.inflicted().fromMillis() - result.startMillis()) / 1e3,
              line(trial)));
    }
    page.append("bit, by kind: %s%n".formatted(byKind(result.trials())));
    page.append("takeover after kill -9: %s%n".formatted(Takeovers.of(result).sentence()));
    page.append(VerdictPage.of(result.verdict()));
    result
        .controls()
        .forEach(
            (control, verdict) ->
                page.append(
                    "control   %s (%s): %s%n"
                        .formatted(
                            name(control),
                            control.sentence(),
                            verdict
                                .map(judged -> judged.word().name())
                                .orElse("this run has nothing to make it of"))));
    if (result.gone() > 0) {
      page.append("lost      %d confirmed frames are not there%n".formatted(result.gone()));
    }
    if (result.spoiled() > 0) {
      page.append(
          "spoiled   %d frames were refused because inference failed, without a reason of their own%n"
              .formatted(result.spoiled()));
    }
    if (result.word() == Verdict.Word.PASS) {
      page.append(Confidence.sentence(result.bites())).append('\n');
    }
    result.doubts().forEach(doubt -> page.append("not sure: %s%n".formatted(doubt)));
    page.append("chaos verdict: %s%n".formatted(result.word()));
    return page.toString();
  }

  /** One fault and what came of it. */
  static String line(Trial trial) {
    Inflicted done = trial.inflicted();
    String silence =
        trial.silenceMillis().isPresent()
            ? String.format(
                Locale.ROOT,
                "; every camera answered again after %.1f s",
                trial.silenceMillis().getAsLong() / 1e3)
            : "";
    return "%s: %s, %s: %s%s"
        .formatted(
            trial.bit() ? "bit" : "did not bite",
            trial.kind().name().toLowerCase(Locale.ROOT),
            done.subject(),
            trial.evidence(),
            silence);
  }

  static String name(Control control) {
    return control.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String byKind(List<Trial> trials) {
    Map<FaultKind, int[]> counts = new EnumMap<>(FaultKind.class);
    for (Trial trial : trials) {
      int[] count = counts.computeIfAbsent(trial.kind(), any -> new int[2]);
      count[0] += trial.bit() ? 1 : 0;
      count[1]++;
    }
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (kind, count) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(
                    "%s %d of %d"
                        .formatted(kind.name().toLowerCase(Locale.ROOT), count[0], count[1])));
    return text.toString();
  }
}
