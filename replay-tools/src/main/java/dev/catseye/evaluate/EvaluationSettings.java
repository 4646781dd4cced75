package dev.catseye.evaluate;

import static java.util.Objects.requireNonNull;

/**
 * What to compute.
 *
 * @param mode how scores are counted
 * @param rule how FPR95 is read
 * @param imageMean also compute the mean over frames, which counts each frame by itself first
 */
public record EvaluationSettings(CountMode mode, Fpr95Rule rule, boolean imageMean) {
  /** Exact, by the rule of Fishyscapes, pooled only. */
  public static final EvaluationSettings DEFAULT =
      new EvaluationSettings(CountMode.EXACT, Fpr95Rule.FIRST_REACHING, false);

  public EvaluationSettings {
    requireNonNull(mode, "mode");
    requireNonNull(rule, "rule");
  }
}
