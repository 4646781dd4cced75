package dev.catseye.evaluate;

/**
 * At which point of the ROC curve the false positive rate "at 95 % true positive rate" is read.
 * Published code disagrees, by several points of FPR where scores have many ties.
 */
public enum Fpr95Rule {
  /**
   * The first threshold, from the highest down, whose TPR is at least 0.95. Source:
   * hermannsblum/bdl-benchmark, {@code calculate_metrics_perpixAP} (Fishyscapes); SynBoost uses it
   * too.
   */
  FIRST_REACHING("first-reaching"),

  /**
   * The threshold whose TPR is closest to 0.95 from either side; of two equally close ones the
   * lower threshold. Distances are taken in double arithmetic as the source takes them. Thresholds
   * below the first with TPR 1 do not take part. Source: hendrycks/anomaly-seg, {@code
   * anom_utils.py}, {@code fpr_and_fdr_at_recall} (CAOS, SynthCP).
   */
  CLOSEST("closest"),

  /**
   * Linear between the neighbouring points of the curve, which starts at (0, 0). Source:
   * tayden/ood-metrics, {@code fpr_at_95_tpr} (NumPy's interp: of several points at TPR 0.95
   * exactly the one with the largest FPR).
   */
  INTERPOLATED("interpolated");

  /** The true positive rate that all rules aim at. */
  public static final double TARGET_TPR = 0.95;

  private final String word;

  Fpr95Rule(String word) {
    this.word = word;
  }

  /** The word for the command line, tables and JSON. */
  @Override
  public String toString() {
    return word;
  }
}
