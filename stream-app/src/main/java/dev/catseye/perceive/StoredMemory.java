package dev.catseye.perceive;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The cameras of one partition, in its store. Their number is bounded: when it is reached, a new
 * camera takes the place of the one silent for longest if that has been {@link #QUIET}, and is
 * refused otherwise, so that made-up names can neither fill the memory nor drive out a camera that
 * sends. Time is that of the topic, so that a restored store decides alike. Used by one thread.
 */
final class StoredMemory implements CameraMemory {
  /** Silence after which a camera's place may be given away. */
  static final Duration QUIET = Duration.ofHours(1);

  private static final Comparator<KeyValue<String, SeenFrames>> BY_LAST_FRAME =
      Comparator.<KeyValue<String, SeenFrames>>comparingLong(
              camera -> camera.value.appendedMillis())
          .thenComparing(camera -> camera.key);

  private final KeyValueStore<String, SeenFrames> store; // borrowed: Kafka Streams closes it
  private final int most;

  /**
   * Wraps a store.
   *
   * @param most cameras remembered at a time, 1 or more
   */
  StoredMemory(KeyValueStore<String, SeenFrames> store, int most) {
    this.store = store;
    this.most = most;
  }

  @Override
  public Optional<SeenFrames> of(String camera) {
    return Optional.ofNullable(store.get(camera));
  }

  @Override
  public Optional<String> refusal(long nowMillis) {
    if (hasFreePlace() || isQuiet(quietest(), nowMillis)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "%d cameras are known on its partition, the most allowed (cameras.max), and each sent"
                + " within the last %d min",
            most, QUIET.toMinutes()));
  }

  /** Counts a frame as seen; a camera that needs a place gets that of the quietest one. */
  void remember(Sighting sighting) {
    String camera = sighting.frame().cameraId();
    if (store.get(camera) == null && !hasFreePlace()) {
      store.delete(quietest().key);
    }
    store.put(camera, sighting.after());
  }

  private boolean hasFreePlace() {
    return store.approximateNumEntries() < most; // exact for a store in memory
  }

  private static boolean isQuiet(KeyValue<String, SeenFrames> camera, long nowMillis) {
    return nowMillis - camera.value.appendedMillis() >= QUIET.toMillis();
  }

  /** The camera whose last frame is oldest; of equal ones the first by name. */
  private KeyValue<String, SeenFrames> quietest() {
    KeyValue<String, SeenFrames> quietest = null;
    try (KeyValueIterator<String, SeenFrames> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, SeenFrames> camera = all.next();
        if (quietest == null || BY_LAST_FRAME.compare(camera, quietest) < 0) {
          quietest = camera;
        }
      }
    }
    return quietest;
  }
}
