package dev.catseye.schemas;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/**
 * The catalogue of topics: names, values and how they are kept. Frames, masks and what follows from
 * them have the same number of partitions, so that a camera is everywhere on the partition of the
 * same number.
 */
public final class Topics {
  private static final int PARTITIONS = 4; // unless cameras are listed
  private static final long GIB = 1L << 30;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final String CAMERA = "camera_id";

  private final String prefix;
  private final CameraPartitions cameras;
  private final Topic<Frame> frames;
  private final Topic<Mask> masks;
  private final Topic<Trust> trust;
  private final Topic<byte[]> rejects;
  private final Topic<byte[]> redrives;
  private final Topic<Alarm> alarms;
  private final Topic<Health> health;
  private final Topic<Heartbeat> heartbeats;
  private final Topic<GroundTruth> groundTruth;

  private Topics(String prefix, CameraPartitions cameras) {
    this.prefix = prefix;
    this.cameras = cameras;
    Serde<byte[]> bytes = org.apache.kafka.common.serialization.Serdes.ByteArray();
    frames = topic(prefix + "frames", Serdes.frame(), DAY, 16 * GIB, MaxBytes.PIXELS, CAMERA);
    masks = topic(prefix + "masks", Serdes.mask(), WEEK, 16 * GIB, MaxBytes.PIXELS, CAMERA);
    trust = topic(prefix + "trust", Serdes.trust(), WEEK, 4 * GIB, MaxBytes.PIXELS, CAMERA);
    rejects = topic(prefix + "rejects", bytes, WEEK, GIB, MaxBytes.REJECT, "key of the frame");
    redrives =
        topic(prefix + "redrives", bytes, MONTH, GIB, MaxBytes.PLAIN, "key of the frame")
            .withPartitions(1);
    alarms = topic(prefix + "alarms", Serdes.alarm(), MONTH, GIB, MaxBytes.PLAIN, CAMERA);
    health = topic(prefix + "health", Serdes.health(), DAY, GIB, MaxBytes.PLAIN, CAMERA);
    heartbeats =
        topic(prefix + "heartbeats", Serdes.heartbeat(), DAY, GIB, MaxBytes.PLAIN, "instance_id")
            .withPartitions(1);
    groundTruth =
        topic(
            prefix + "ground-truth", Serdes.groundTruth(), WEEK, 4 * GIB, MaxBytes.PIXELS, CAMERA);
  }

  /** The catalogue with {@code prefix} before each name; empty for none. */
  public static Topics withPrefix(String prefix) {
    return new Topics(prefix, CameraPartitions.BY_HASH);
  }

  /**
   * The same catalogue for these cameras, with one partition for each of them.
   *
   * @param listed ids in the order of their partitions; none for partitions by hash
   */
  public Topics withCameras(List<String> listed) {
    return new Topics(prefix, new CameraPartitions(listed));
  }

  /** Which partition each camera has. */
  public CameraPartitions cameras() {
    return cameras;
  }

  /** Camera frames; perceive reads them as bytes. */
  public Topic<Frame> frames() {
    return frames;
  }

  /** One outcome per frame. */
  public Topic<Mask> masks() {
    return masks;
  }

  /** Trust in the segmentation, for plans that judge it. */
  public Topic<Trust> trust() {
    return trust;
  }

  /** Raw bytes of what could not be read, with {@link RejectHeaders}. */
  public Topic<byte[]> rejects() {
    return rejects;
  }

  /**
   * One record without value for each dead letter that was put back, with {@link RedriveHeaders};
   * kept for longer than the dead letters, so that none is put back twice.
   */
  public Topic<byte[]> redrives() {
    return redrives;
  }

  /** Steps of alarm episodes. */
  public Topic<Alarm> alarms() {
    return alarms;
  }

  /** Health of cameras. */
  public Topic<Health> health() {
    return health;
  }

  /** Signs of life of instances. */
  public Topic<Heartbeat> heartbeats() {
    return heartbeats;
  }

  /** Labels, for evaluation. */
  public Topic<GroundTruth> groundTruth() {
    return groundTruth;
  }

  /** All topics, in the order of the data's way. */
  public List<Topic<?>> all() {
    return List.of(
        frames, masks, trust, rejects, redrives, alarms, health, heartbeats, groundTruth);
  }

  private <T> Topic<T> topic(
      String name,
      Serde<T> serde,
      Duration retention,
      long retentionBytes,
      int maxBytes,
      String keyMeaning) {
    int partitions = cameras.cameras().isEmpty() ? PARTITIONS : cameras.cameras().size();
    return new Topic<>(name, serde, partitions, retention, retentionBytes, maxBytes, keyMeaning);
  }
}
