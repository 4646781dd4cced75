package dev.catseye.schemas;

import java.util.List;
import java.util.Optional;

/**
 * Which partition each camera has. Kafka places a key by its hash, and a few names often share a
 * hash: of four partitions front, left and rear all get the first. So cameras can be listed: the
 * first has partition 0, the second 1, and so on. Whoever sends frames must use the same list, and
 * a camera keeps its place for as long as frames of it lie on the topic, or it loses its order.
 *
 * @param cameras ids in the order of their partitions; none twice
 */
public record CameraPartitions(List<String> cameras) {
  /** No camera is listed: every one goes where Kafka puts its name. */
  public static final CameraPartitions BY_HASH = new CameraPartitions(List.of());

  public CameraPartitions {
    cameras = List.copyOf(cameras);
    cameras.forEach(camera -> Checks.id(camera, "camera id"));
    Checks.noneTwice(cameras, "list of cameras");
  }

  /**
   * The partition of a camera; empty for one that is not listed.
   *
   * @param partitions partitions of the topic, 1 or more; of fewer than cameras some get several
   */
  public Optional<Integer> of(String camera, int partitions) {
    Checks.within(partitions, 1, Integer.MAX_VALUE, "partitions");
    int place = cameras.indexOf(camera);
    return place < 0 ? Optional.empty() : Optional.of(place % partitions);
  }
}
