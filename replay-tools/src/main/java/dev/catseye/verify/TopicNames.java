package dev.catseye.verify;

/**
 * The topics the checker reads.
 *
 * @param frames what the service read
 * @param masks its outcomes
 * @param rejects the raw bytes of what it could not read
 * @param alarms steps of alarm episodes
 * @param health health of cameras
 * @param heartbeats signs of life of instances
 * @param trust trust in the segmentation, for plans that judge it
 * @param groundTruth labels, for evaluation
 */
public record TopicNames(
    String frames,
    String masks,
    String rejects,
    String alarms,
    String health,
    String heartbeats,
    String trust,
    String groundTruth) {

  /** The names under a prefix, which may be empty. */
  public static TopicNames withPrefix(String prefix) {
    return new TopicNames(
        prefix + "frames",
        prefix + "masks",
        prefix + "rejects",
        prefix + "alarms",
        prefix + "health",
        prefix + "heartbeats",
        prefix + "trust",
        prefix + "ground-truth");
  }
}
