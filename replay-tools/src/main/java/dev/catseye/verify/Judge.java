package dev.catseye.verify;

import java.util.List;
import java.util.Set;

/** Judges histories: every check in turn, then one word. Knows no Kafka. */
final class Judge {
  private final List<Check> checks;

  /**
   * @param bundles digests of the bundles that may have run; empty: the one that most masks name
   * @param profile what the service was set up for
   */
  Judge(Set<String> bundles, RunProfile profile) {
    this.checks =
        List.of(
            new PremiseCheck(),
            new OutcomeCheck(),
            new IdentityCheck(),
            new OrderCheck(),
            new ShedCheck(profile),
            new FrameSealCheck(),
            new MaskSealCheck(),
            new BundleCheck(bundles),
            new RegionCheck(),
            new RejectCheck(),
            new AlarmGrammarCheck(),
            new AlarmEvidenceCheck(),
            new SightCheck(),
            new SuspensionCheck(),
            new ProtectionCheck());
  }

  /** FAIL on any violation; else UNKNOWN on any doubt; else PASS. */
  Verdict judge(History history) {
    Findings findings = new Findings();
    checks.forEach(check -> check.judge(history, findings));
    Verdict.Word word =
        !findings.counts().isEmpty()
            ? Verdict.Word.FAIL
            : findings.doubts().isEmpty() ? Verdict.Word.PASS : Verdict.Word.UNKNOWN;
    return new Verdict(
        word,
        Census.of(history),
        findings.counts(),
        List.copyOf(findings.examples()),
        List.copyOf(findings.doubts()));
  }
}
