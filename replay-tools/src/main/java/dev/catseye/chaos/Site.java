package dev.catseye.chaos;

import dev.catseye.tools.Cluster;
import dev.catseye.traffic.Cameras;
import dev.catseye.traffic.Picture;
import java.time.Duration;
import java.util.List;

/**
 * All that a fault may lay hands on.
 *
 * @param brokers of the run
 * @param cluster a connection to them that no proxy disturbs
 * @param instances of the service
 * @param cameras that send
 * @param period time between two frames of one camera
 * @param transcript of what they sent and what became of it
 * @param pictures that cameras send
 * @param group prefix of the service's consumer groups
 */
record Site(
    Brokers brokers,
    Cluster cluster,
    List<Instance> instances,
    Cameras cameras,
    Duration period,
    Transcript transcript,
    List<Picture> pictures,
    String group) {

  /** Which instance a fault is about. */
  int instanceOf(Fault fault) {
    return fault.subject() % instances.size();
  }

  /** Which broker a fault is about. */
  int brokerOf(Fault fault) {
    return fault.subject() % brokers.count();
  }
}
