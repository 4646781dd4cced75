package dev.catseye.cli;

import dev.catseye.verify.Verdict;

/** What the process tells its caller; the same for every verb. */
final class ExitCode {
  static final int DONE = 0;

  /** It failed, or the verdict is FAIL. */
  static final int FAILED = 1;

  /** Bad usage or bad configuration. */
  static final int USAGE = 2;

  /** Finished, but something was skipped or lost; the report says what. */
  static final int LOSS = 3;

  /** The verdict is UNKNOWN: there was not enough to judge. */
  static final int UNKNOWN = 4;

  /** Stopped by Ctrl-C or SIGTERM; what the shell expects of an interrupted process. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** What a verdict of the checker tells. */
  static int of(Verdict.Word verdict) {
    return switch (verdict) {
      case PASS -> DONE;
      case FAIL -> FAILED;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
