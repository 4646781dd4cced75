package dev.catseye.verify;

/**
 * The topics the checker reads.
 *
 * @param frames what the service read
 * @param masks its outcomes
 * @param rejects the raw bytes of what it could not read
 * @param alarms steps of alarm episodes
 * @param health health of cameras
 */
public record TopicNames(
    String frames, String masks, String rejects, String alarms, String health) {

  /** The names under a prefix, which may be empty. */
  public static TopicNames withPrefix(String prefix) {
    return new TopicNames(
        prefix + "frames",
        prefix + "masks",
        prefix + "rejects",
        prefix + "alarms",
        prefix + "health");
  }
}
