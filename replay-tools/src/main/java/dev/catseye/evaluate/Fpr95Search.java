package dev.catseye.evaluate;

import static dev.catseye.evaluate.Fpr95Rule.TARGET_TPR;

/**
 * One walk down an ROC curve in search of the point that a {@link Fpr95Rule} names. A curve has
 * millions of points, so they come as bare numbers.
 */
abstract class Fpr95Search {
  private boolean found;
  private double threshold;
  private double tpr;
  private double fpr;
  private double fprStep;

  static Fpr95Search by(Fpr95Rule rule) {
    return switch (rule) {
      case FIRST_REACHING -> new FirstReaching();
      case CLOSEST -> new Closest();
      case INTERPOLATED -> new Interpolated();
    };
  }

  /**
   * Takes the next point of the curve; thresholds descend, rates never do.
   *
   * @param fprStep how much of {@code fpr} the ties at this threshold bring
   */
  abstract void visit(double threshold, double tpr, double fpr, double fprStep);

  /** The point; there is one after a whole curve, which ends at TPR 1. */
  final RocPoint point() {
    return new RocPoint(threshold, tpr, fpr, fprStep);
  }

  final boolean isFound() {
    return found;
  }

  final void found(double threshold, double tpr, double fpr, double fprStep) {
    this.found = true;
    this.threshold = threshold;
    this.tpr = tpr;
    this.fpr = fpr;
    this.fprStep = fprStep;
  }

  private static final class FirstReaching extends Fpr95Search {
    @Override
    void visit(double threshold, double tpr, double fpr, double fprStep) {
      if (!isFound() && tpr >= TARGET_TPR) {
        found(threshold, tpr, fpr, fprStep);
      }
    }
  }

  private static final class Closest extends Fpr95Search {
    private double distance = Double.POSITIVE_INFINITY;
    private boolean complete;

    @Override
    void visit(double threshold, double tpr, double fpr, double fprStep) {
      double next = Math.abs(tpr - TARGET_TPR);
      if (!complete && next <= distance) {
        distance = next;
        found(threshold, tpr, fpr, fprStep);
      }
      complete |= tpr == 1;
    }
  }

  private static final class Interpolated extends Fpr95Search {
    private double lastTpr;
    private double lastFpr;

    @Override
    void visit(double threshold, double tpr, double fpr, double fprStep) {
      if (!isFound() && tpr > TARGET_TPR) {
        double slope = (fpr - lastFpr) / (tpr - lastTpr);
        found(threshold, TARGET_TPR, lastFpr + slope * (TARGET_TPR - lastTpr), fprStep);
      }
      lastTpr = tpr;
      lastFpr = fpr;
    }
  }
}
