package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.config.Settings;
import dev.catseye.detect.ClosedBy;
import dev.catseye.detect.InferenceLane;
import dev.catseye.detect.LaneConfig;
import dev.catseye.detect.LaneListener;
import dev.catseye.fetch.FetchAhead;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Perceive in a profile, on a real broker and with the real inference lane, over a detector of a
 * stated cost.
 */
final class StandIn implements AutoCloseable {
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Integer> runs = new CopyOnWriteArrayList<>();
  private final InferenceLane lane;
  private final StreamsHandle handle;

  private StandIn(String bootstrapServers, Topics topics, Profile profile, Load load) {
    Optional<FetchAhead> fetchAhead =
        profile.sheds()
            ? Optional.of(new FetchAhead(camera -> load.priorities().getOrDefault(camera, 1)))
            : Optional.empty();
    WorkLog work = new WorkLog();
    this.lane =
        InferenceLane.start(
            load.detector(),
            new LaneConfig(load.batch(), profile.batchWait(), Duration.ofSeconds(10)),
            new Runs());
    PerceiveSetup setup =
        new PerceiveSetup(
            PerceiveConfig.from(Settings.of(Map.of(), Map.of())),
            new Model("CPU", StatedCost.PLAN, "ab".repeat(32), 0.5f, Set.of()),
            lane,
            () -> true,
            FolderStore.over(List.of()),
            fetchAhead.map(ahead -> new Shedding(ahead, load.detector().of(1))),
            new Meters(),
            work,
            Micros::now,
            "stand-in");
    Limits limits = new Limits(Duration.ofSeconds(2), 4);
    Map<String, Object> settings = new HashMap<>(profile.perceive("stand-in", limits));
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, load.threads());
    String applicationId = topics.frames().name().replaceFirst("frames$", "") + "catseye-perceive";
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    settings.put(
        StreamsConfig.CLIENT_ID_CONFIG, TransactionOwner.clientId(applicationId, "stand-in"));
    this.handle =
        StreamsHandle.start(
            Role.PERCEIVE,
            PerceiveTopology.build(topics, setup),
            new StreamsHandle.Start(
                settings,
                fetchAhead,
                profile.closing(limits.closeTimeout()),
                work::settledCount,
                (role, thrown) -> failure.set(thrown)),
            Micros.now());
  }

  /** Notes the frames of each run. */
  private final class Runs implements LaneListener {
    @Override
    public void waiting(int frames) {}

    @Override
    public void ran(int frames, ClosedBy why, Duration took, boolean failed) {
      runs.add(frames);
    }
  }

  /**
   * What it has to carry, and with what.
   *
   * @param detector what computes
   * @param threads stream threads
   * @param batch most frames of one run
   * @param priorities turns of cameras; those left out have one
   */
  record Load(StatedCost detector, int threads, int batch, Map<String, Integer> priorities) {
    /** One thread, and so many milliseconds per frame. */
    static Load of(int frameMillis) {
      return new Load(
          new StatedCost(Duration.ZERO, Duration.ofMillis(frameMillis)), 1, 1, Map.of());
    }

    Load withPriorities(Map<String, Integer> turns) {
      return new Load(detector, threads, batch, turns);
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

  /** Frames of each run so far, in order. */
  List<Integer> runs() {
    return List.copyOf(runs);
  }

  @Override
  public void close() {
    handle.close();
    lane.close();
    if (failure.get() != null) {
      throw new AssertionError("perceive failed", failure.get());
    }
  }
}
