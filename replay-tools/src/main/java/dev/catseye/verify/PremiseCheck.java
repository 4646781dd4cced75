package dev.catseye.verify;

import java.util.List;

/** What must hold before a clean history proves anything; each premise that fails is a doubt. */
final class PremiseCheck implements Check {
  private static final int EXACTLY_ONCE_VERSION = 2; // KIP-890: no lost or torn transactions

  @Override
  public void judge(History history, Findings findings) {
    if (history.frames().isEmpty()) {
      findings.doubt("%s holds no frame".formatted(history.topics().frames()));
    } else if (history.frames().values().stream().noneMatch(frame -> judged(history, frame))) {
      findings.doubt("no frame lies below a committed offset: nothing was judged");
    }
    history.logsOf(history.topics().frames()).forEach(log -> framesLog(history, log, findings));
    List.of(history.topics().masks(), history.topics().rejects())
        .forEach(topic -> history.logsOf(topic).forEach(log -> outputLog(log, findings)));
    deletedOrigins(history, findings);
    if (history.transactionVersion().orElse(0) < EXACTLY_ONCE_VERSION) {
      findings.doubt(
          "the broker's transaction.version is %d, exactly-once needs %d"
              .formatted(history.transactionVersion().orElse(0), EXACTLY_ONCE_VERSION));
    }
  }

  private static boolean judged(History history, SeenFrame frame) {
    GroupOffset committed = history.committed().get(frame.place().partition());
    return committed != null && frame.place().offset() < committed.settled();
  }

  private static void framesLog(History history, LogBounds log, Findings findings) {
    GroupOffset committed = history.committed().get(log.partition());
    if (committed == null) {
      if (log.stable() > log.start()) {
        findings.doubt(
            "group %s has committed nothing on %s".formatted(history.group(), log.name()));
      }
    } else if (committed.settled() < log.start()) {
      findings.doubt(
          "%s begins at %d, but only offsets below %d are committed: frames were deleted unread"
              .formatted(log.name(), log.start(), committed.settled()));
    }
  }

  private static void outputLog(LogBounds log, Findings findings) {
    if (log.start() > 0) {
      findings.doubt(
          "%s begins at %d: older records are deleted".formatted(log.name(), log.start()));
    }
  }

  private static void deletedOrigins(History history, Findings findings) {
    history
        .logsOf(history.topics().frames())
        .forEach(
            log -> {
              long deleted =
                  history.masks().stream()
                      .flatMap(mask -> mask.sound().stream())
                      .filter(mask -> mask.origin().topic().equals(log.topic()))
                      .filter(mask -> mask.origin().partition() == log.partition())
                      .filter(mask -> mask.origin().offset() < log.start())
                      .count();
              if (deleted > 0) {
                findings.doubt(
                    "%s begins at %d: %d outcomes judge frames that are deleted"
                        .formatted(log.name(), log.start(), deleted));
              }
            });
  }
}
