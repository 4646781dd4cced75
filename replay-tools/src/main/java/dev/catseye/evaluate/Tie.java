package dev.catseye.evaluate;

/** Receives the pixels of one score, highest score first. */
@FunctionalInterface
interface Tie {
  /**
   * Takes all pixels of one score at once: pixels of equal score enter a curve together.
   *
   * @param score the score they share; in a histogram the lower edge of their bin
   * @param anomalies anomaly pixels of this score, 0 or more
   * @param normals normal pixels of this score, 0 or more; never both 0
   */
  void visit(double score, long anomalies, long normals);
}
