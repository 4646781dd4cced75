package dev.catseye.schemas;

/**
 * What the comparator says of one class of the segmentation.
 *
 * @param trainId training id of the class, 0 to 254
 * @param predictedIouRaw predicted intersection over union as the network gives it, finite
 * @param predictedIou the same clipped to 0 to 1
 * @param predictedArea share of the picture that the segmentation gives to the class, 0 to 1
 * @param evaluable true when the class covers enough of the picture for the prediction to count
 */
public record ClassTrust(
    int trainId,
    float predictedIouRaw,
    float predictedIou,
    float predictedArea,
    boolean evaluable) {
  public ClassTrust {
    Checks.within(trainId, 0, 254, "train id");
    Checks.finite(predictedIouRaw, "raw predicted IoU");
    Checks.require(
        predictedIou == Math.min(1, Math.max(0, predictedIouRaw)),
        "predicted IoU %s is not %s clipped to [0, 1]",
        predictedIou,
        predictedIouRaw);
    Checks.fraction(predictedArea, "predicted area");
  }

  /** From the raw prediction; the clipped one is derived. */
  public static ClassTrust of(int trainId, float rawIou, float predictedArea, boolean evaluable) {
    return new ClassTrust(
        trainId, rawIou, Math.min(1, Math.max(0, rawIou)), predictedArea, evaluable);
  }
}
