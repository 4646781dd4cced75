package dev.catseye.web;

/** A question that an orchestrator asks again and again. Called by several threads. */
@FunctionalInterface
public interface Probe {
  /** The answer now; must not block. */
  Answer ask();

  /**
   * Yes or no, with the reason in words.
   *
   * @param holds the answer
   * @param reason one line for a person
   */
  record Answer(boolean holds, String reason) {}
}
