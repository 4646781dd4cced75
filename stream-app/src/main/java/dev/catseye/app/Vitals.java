package dev.catseye.app;

import dev.catseye.metrics.ProcessState;
import dev.catseye.metrics.ProcessState.RoleState;
import dev.catseye.metrics.WorkLog;
import dev.catseye.schemas.HealthReason;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Heartbeat;
import dev.catseye.web.Probe.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How this process is, told from progress: KafkaStreams itself says RUNNING with the broker dead.
 * Safe for several threads.
 */
final class Vitals {
  /** Silence of the broker after which the process is not ready. */
  private static final Duration BROKER_SILENCE = Duration.ofSeconds(4);

  private static final Duration MARGIN = Duration.ofSeconds(5);

  private enum Phase {
    STARTING,
    RUNNING,
    STOPPING,
    FAILED
  }

  /**
   * What a running process is judged by.
   *
   * @param topologies borrowed
   * @param limits how slow it may be
   * @param brokerAnsweredMicros when the broker answered last
   */
  record Watched(
      List<RunningTopology> topologies, Limits limits, LongSupplier brokerAnsweredMicros) {}

  private final String instanceId;
  private final List<String> roles;
  private final LongSupplier nowMicros;
  private final Map<Role, Long> toldCounters = new EnumMap<>(Role.class);
  private Phase phase = Phase.STARTING;
  private String words = "starting";
  private String provider = "";
  private String bundleDigest = "";
  private boolean elsewhere;
  private Watched watched = new Watched(List.of(), new Limits(Duration.ZERO, 1), () -> 0);

  Vitals(String instanceId, Set<Role> roles, LongSupplier nowMicros) {
    this.instanceId = instanceId;
    this.roles = roles.stream().map(Role::label).toList();
    this.nowMicros = nowMicros;
  }

  /** Says what the start is busy with. */
  synchronized void starting(String step) {
    words = step;
  }

  /**
   * The model was loaded.
   *
   * @param asConfigured whether it computes on the configured provider
   */
  synchronized void loaded(String where, String digest, boolean asConfigured) {
    provider = where;
    bundleDigest = digest;
    elsewhere = !asConfigured;
  }

  /** The topologies were started. */
  synchronized void running(Watched processes) {
    if (phase == Phase.STARTING) {
      phase = Phase.RUNNING;
      watched = processes;
    }
  }

  /** The process was asked to stop. */
  synchronized void stopping() {
    if (phase != Phase.FAILED) {
      phase = Phase.STOPPING;
      words = "stopping";
    }
  }

  /** The process cannot go on. */
  synchronized void failed(String why) {
    phase = Phase.FAILED;
    words = why;
  }

  /** False only when a restart would help; a broker that is away is no reason. */
  synchronized Answer live() {
    if (phase == Phase.FAILED) {
      return new Answer(false, words);
    }
    long now = nowMicros.getAsLong();
    for (RunningTopology topology : watched.topologies()) {
      Duration idle = topology.progress(now).slowestThreadIdleFor(now);
      if (phase == Phase.RUNNING && hangs(idle)) {
        return new Answer(false, threadStuck(topology, idle));
      }
    }
    return new Answer(true, "alive");
  }

  /** True while frames become masks, or would if there were any. */
  synchronized Answer ready() {
    if (phase != Phase.RUNNING) {
      return new Answer(false, words);
    }
    return unready(nowMicros.getAsLong())
        .map(why -> new Answer(false, why))
        .orElse(new Answer(true, "ready"));
  }

  private Optional<String> unready(long now) {
    Duration silence = Duration.ofNanos((now - watched.brokerAnsweredMicros().getAsLong()) * 1000);
    if (silence.compareTo(BROKER_SILENCE) > 0) {
      return Optional.of("no broker has answered for " + silence.toSeconds() + " s");
    }
    for (RunningTopology topology : watched.topologies()) {
      if (!topology.hasJoined()) {
        return Optional.of(topology.role().label() + " waits for its partitions");
      }
      Progress progress = topology.progress(now);
      Duration idle = progress.idleFor(now);
      if (idle.compareTo(watched.limits().slowestFrame().plus(MARGIN)) > 0) {
        return Optional.of(stuck(topology, idle));
      }
      Duration slowest = progress.slowestThreadIdleFor(now);
      if (hangs(slowest)) {
        return Optional.of(threadStuck(topology, slowest));
      }
      Duration uncommitted = progress.uncommittedFor(now);
      if (uncommitted.compareTo(watched.limits().transactionTimeout()) > 0) {
        return Optional.of(
            topology.role().label() + " has not committed for " + uncommitted.toSeconds() + " s");
      }
    }
    return Optional.empty();
  }

  /** Whether the group has given up a thread that has not polled for so long. */
  private boolean hangs(Duration idle) {
    return idle.compareTo(watched.limits().maxPollInterval()) > 0;
  }

  /** The state of this moment, for meters. */
  synchronized ProcessState state() {
    long now = nowMicros.getAsLong();
    long silence = phase == Phase.STARTING ? 0 : now - watched.brokerAnsweredMicros().getAsLong();
    List<RoleState> states = new ArrayList<>();
    for (RunningTopology topology : watched.topologies()) {
      Progress progress = topology.progress(now);
      states.add(
          new RoleState(
              topology.role().label(),
              progress.polls(),
              progress.commits(),
              seconds(progress.slowestThreadIdleFor(now)),
              seconds(progress.uncommittedFor(now)),
              topology.lag()));
    }
    return new ProcessState(live().holds(), ready().holds(), silence / 1e6, states);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** State and reasons without what only a heartbeat can count; a change of it is worth telling. */
  record Condition(HealthState state, List<HealthReason> reasons) {}

  /** The condition of this moment. */
  synchronized Condition condition() {
    List<HealthReason> reasons = reasons(unready(nowMicros.getAsLong()).isEmpty(), false);
    return new Condition(state(reasons), reasons);
  }

  /**
   * The next heartbeat. Its counter advances exactly when work is done, polling an empty topic
   * included, and its state is OK only if every topology advanced since the last one.
   */
  synchronized Heartbeat heartbeat(WorkLog.Excerpt work) {
    long now = nowMicros.getAsLong();
    boolean advanced = true;
    long counter = 0;
    for (RunningTopology topology : watched.topologies()) {
      long done = topology.progress(now).counter();
      Long told = toldCounters.put(topology.role(), done);
      advanced &= told == null || told != done;
      counter += done;
    }
    List<HealthReason> reasons = reasons(advanced && unready(now).isEmpty(), work.crowded());
    return new Heartbeat(
        instanceId,
        roles,
        state(reasons),
        reasons,
        counter,
        work.newest(),
        work.ages(),
        work.counts(),
        provider,
        bundleDigest,
        now);
  }

  private List<HealthReason> reasons(boolean advances, boolean crowded) {
    if (phase == Phase.FAILED) {
      return List.of(HealthReason.RUNTIME);
    }
    List<HealthReason> reasons = new ArrayList<>();
    if (isWorking() && !advances) {
      reasons.add(HealthReason.NO_PROGRESS);
    }
    if (elsewhere) {
      reasons.add(HealthReason.ACCELERATOR);
    }
    if (crowded) {
      reasons.add(HealthReason.CROWDED);
    }
    return reasons;
  }

  private HealthState state(List<HealthReason> reasons) {
    return switch (phase) {
      case FAILED -> HealthState.FAULT;
      case STOPPING -> HealthState.STOPPING;
      case STARTING -> HealthState.STARTING;
      case RUNNING -> {
        HealthState working = reasons.isEmpty() ? HealthState.OK : HealthState.DEGRADED;
        yield isWorking() ? working : HealthState.STARTING;
      }
    };
  }

  /** Started, and every topology had partitions once. */
  private boolean isWorking() {
    return phase == Phase.RUNNING
        && watched.topologies().stream().allMatch(RunningTopology::hasJoined);
  }

  private static String threadStuck(RunningTopology topology, Duration idle) {
    return "a thread of %s has not moved for %d s"
        .formatted(topology.role().label(), idle.toSeconds());
  }

  private static String stuck(RunningTopology topology, Duration idle) {
    return topology.role().label() + " has not moved for " + idle.toSeconds() + " s";
  }
}
