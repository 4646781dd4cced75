package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.config.Settings;
import dev.catseye.detect.Detection;
import dev.catseye.fetch.FetchAhead;
import dev.catseye.image.BytePlane;
import dev.catseye.metrics.Meters;
import dev.catseye.metrics.WorkLog;
import dev.catseye.payload.FolderStore;
import dev.catseye.perceive.Model;
import dev.catseye.perceive.PerceiveConfig;
import dev.catseye.perceive.PerceiveSetup;
import dev.catseye.perceive.PerceiveTopology;
import dev.catseye.perceive.Shedding;
import dev.catseye.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Perceive in a profile, on a real broker, with a detector that takes a stated time and finds
 * nothing.
 */
final class StandIn implements AutoCloseable {
  private static final String PLAN = "stand-in";

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final StreamsHandle handle;

  private StandIn(String bootstrapServers, Topics topics, Profile profile, Load load) {
    Optional<FetchAhead> fetchAhead =
        profile.sheds()
            ? Optional.of(new FetchAhead(camera -> load.priorities().getOrDefault(camera, 1)))
            : Optional.empty();
    WorkLog work = new WorkLog();
    PerceiveSetup setup =
        new PerceiveSetup(
            PerceiveConfig.from(Settings.of(Map.of(), Map.of())),
            new Model("CPU", PLAN, "ab".repeat(32), 0.5f, Set.of()),
            picture -> detection(load.frameTime()),
            () -> true,
            FolderStore.over(List.of()),
            fetchAhead.map(ahead -> new Shedding(ahead, load.frameTime())),
            new Meters(),
            work,
            Micros::now,
            "stand-in");
    Limits limits = new Limits(Duration.ofSeconds(2), 4);
    Map<String, Object> settings = new HashMap<>(profile.perceive("stand-in", limits));
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(
        StreamsConfig.APPLICATION_ID_CONFIG,
        topics.frames().name().replaceFirst("frames$", "") + "catseye-perceive");
    this.handle =
        StreamsHandle.start(
            Role.PERCEIVE,
            PerceiveTopology.build(topics, setup),
            new StreamsHandle.Start(
                settings,
                "stand-in",
                fetchAhead,
                profile.closing(limits.closeTimeout()),
                work::settledCount,
                (role, thrown) -> failure.set(thrown)),
            Micros.now());
  }

  /**
   * What it has to carry.
   *
   * @param frameTime time of one inference
   * @param priorities turns of cameras; those left out have one
   */
  record Load(Duration frameTime, Map<String, Integer> priorities) {
    static Load of(int frameMillis) {
      return new Load(Duration.ofMillis(frameMillis), Map.of());
    }
  }

  /** Starts it; returns at once. */
  static StandIn start(String bootstrapServers, Topics topics, Profile profile, Load load) {
    return new StandIn(bootstrapServers, topics, profile, load);
  }

  /** Waits until it has partitions. */
  void awaitPartitions() throws InterruptedException {
    for (int i = 0; i < 600 && !handle.hasJoined(); i++) {
      Thread.sleep(50);
    }
    assertThat(handle.hasJoined()).isTrue();
  }

  private static Detection detection(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Detection(
        Map.of(PLAN, BytePlane.owning(4, 2, new byte[8])),
        Optional.empty(),
        Map.of(),
        time.toNanos() / 1000);
  }

  @Override
  public void close() {
    handle.close();
    if (failure.get() != null) {
      throw new AssertionError("perceive failed", failure.get());
    }
  }
}
