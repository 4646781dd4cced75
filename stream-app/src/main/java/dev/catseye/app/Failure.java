package dev.catseye.app;

import dev.catseye.perceive.SickMachineException;

/** Says in one line why a topology stopped. */
final class Failure {
  private static final int MOST_CAUSES = 20;

  private Failure() {}

  /** The cause that matters: ours if there is one, else the innermost. */
  static String line(Role role, Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; depth < MOST_CAUSES; depth++) {
      if (cause instanceof SickMachineException) {
        return role.label() + " stopped: " + cause.getMessage();
      }
      if (cause.getCause() == null) {
        break;
      }
      cause = cause.getCause();
    }
    return role.label()
        + " stopped: "
        + cause.getClass().getSimpleName()
        + ": "
        + cause.getMessage();
  }
}
