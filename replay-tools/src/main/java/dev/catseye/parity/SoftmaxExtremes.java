package dev.catseye.parity;

import dev.catseye.detect.HostTensor;

/**
 * Least and largest entropy and top-2 gap of one frame's logits, in float64.
 *
 * <p>Source: Di Biase et al., CVPR 2021, eq. 1 and 2.
 *
 * @param minEntropy H_min, nats
 * @param maxEntropy H_max, nats
 * @param minGap r_min, the smallest p1 - p2, 0 to 1
 * @param maxGap r_max, the largest p1 - p2, 0 to 1
 */
record SoftmaxExtremes(double minEntropy, double maxEntropy, double minGap, double maxGap) {
  /** Of logits {@code [1, classes, height, width]}, two classes or more. */
  static SoftmaxExtremes of(HostTensor logits) {
    int classes = (int) logits.shape()[1];
    int pixels = logits.size() / classes;
    double minEntropy = Double.POSITIVE_INFINITY;
    double maxEntropy = Double.NEGATIVE_INFINITY;
    double minGap = Double.POSITIVE_INFINITY;
    double maxGap = Double.NEGATIVE_INFINITY;
    for (int pixel = 0; pixel < pixels; pixel++) {
      double first = Double.NEGATIVE_INFINITY;
      double second = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        double logit = logits.at(c * pixels + pixel);
        second = Math.max(second, Math.min(first, logit));
        first = Math.max(first, logit);
      }
      double sum = 0;
      double weighted = 0;
      for (int c = 0; c < classes; c++) {
        double below = logits.at(c * pixels + pixel) - first;
        double power = Math.exp(below);
        sum += power;
        weighted += power * below;
      }
      double entropy = Math.log(sum) - weighted / sum;
      double gap = (1 - Math.exp(second - first)) / sum;
      minEntropy = Math.min(minEntropy, entropy);
      maxEntropy = Math.max(maxEntropy, entropy);
      minGap = Math.min(minGap, gap);
      maxGap = Math.max(maxGap, gap);
    }
    return new SoftmaxExtremes(minEntropy, maxEntropy, minGap, maxGap);
  }
}
