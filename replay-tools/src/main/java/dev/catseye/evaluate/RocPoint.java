package dev.catseye.evaluate;

/**
 * One point of an ROC curve.
 *
 * @param threshold pixels of at least this score count as anomalous
 * @param tpr share of the anomaly pixels that do, 0 to 1
 * @param fpr share of the normal pixels that do, 0 to 1
 * @param fprStep how much of {@code fpr} the ties at this threshold bring, 0 to 1
 */
record RocPoint(double threshold, double tpr, double fpr, double fprStep) {}
