package dev.catseye.evaluate;

import static dev.catseye.evaluate.Fpr95Rule.TARGET_TPR;

/** One walk down an ROC curve in search of the point that a {@link Fpr95Rule} names. */
abstract class Fpr95Search {
  private RocPoint found;

  static Fpr95Search by(Fpr95Rule rule) {
    return switch (rule) {
      case FIRST_REACHING -> new FirstReaching();
      case CLOSEST -> new Closest();
      case INTERPOLATED -> new Interpolated();
    };
  }

  /** Takes the next point of the curve; thresholds descend, TPR and FPR never do. */
  abstract void visit(RocPoint point);

  /** The point found so far; never null after a whole curve, which ends at TPR 1. */
  final RocPoint found() {
    return found;
  }

  final void found(RocPoint point) {
    found = point;
  }

  private static final class FirstReaching extends Fpr95Search {
    @Override
    void visit(RocPoint point) {
      if (found() == null && point.tpr() >= TARGET_TPR) {
        found(point);
      }
    }
  }

  private static final class Closest extends Fpr95Search {
    private double distance = Double.POSITIVE_INFINITY;
    private boolean complete;

    @Override
    void visit(RocPoint point) {
      double next = Math.abs(point.tpr() - TARGET_TPR);
      if (!complete && next <= distance) {
        distance = next;
        found(point);
      }
      complete |= point.tpr() == 1;
    }
  }

  private static final class Interpolated extends Fpr95Search {
    private RocPoint last = new RocPoint(Double.POSITIVE_INFINITY, 0, 0, 0);

    @Override
    void visit(RocPoint point) {
      if (found() == null && point.tpr() > TARGET_TPR) {
        double slope = (point.fpr() - last.fpr()) / (point.tpr() - last.tpr());
        double fpr = last.fpr() + slope * (TARGET_TPR - last.tpr());
        found(new RocPoint(point.threshold(), TARGET_TPR, fpr, point.fprStep()));
      }
      last = point;
    }
  }
}
