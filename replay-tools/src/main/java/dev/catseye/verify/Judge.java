package dev.catseye.verify;

import java.util.List;

/**
 * Judges histories: every check in turn, then one word. Knows no Kafka. The order of the checks
 * matters: what one has blamed, later ones pass over, so that one fault is told once.
 */
final class Judge {
  private final List<Check> checks;

  /**
   * @param settings what the service was set up for
   */
  Judge(RunSettings settings) {
    this.checks =
        List.of(
            new PremiseCheck(),
            new TransactionCheck(),
            new OutcomeCheck(),
            new IdentityCheck(),
            new OrderCheck(),
            new ShedCheck(settings.profile()),
            new FrameSealCheck(),
            new MaskSealCheck(),
            new MakerCheck(settings),
            new RegionCheck(),
            new MapCheck(),
            new NoveltyCheck(),
            new OverdueCheck(settings.overdue()),
            new RejectCheck(),
            new AlarmGrammarCheck(),
            new AlarmEvidenceCheck(),
            new SightCheck(settings.framePeriod()),
            new SuspensionCheck(),
            new ProtectionCheck(),
            new AlarmReplayCheck(settings.alarms()),
            new HealthReplayCheck(settings),
            new BeatCheck(),
            new SealedCheck(),
            new TimeCheck());
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
        findings.checked(),
        findings.counts(),
        List.copyOf(findings.examples()),
        List.copyOf(findings.doubts()));
  }
}
