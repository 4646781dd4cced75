package dev.catseye.app;

import dev.catseye.config.Settings;
import dev.catseye.judge.AlarmConfig;
import dev.catseye.judge.HealthConfig;
import dev.catseye.judge.JudgeSetup;
import dev.catseye.metrics.Meters;
import dev.catseye.metrics.WorkLog;
import dev.catseye.payload.FolderStore;
import dev.catseye.perceive.Model;
import dev.catseye.perceive.PerceiveConfig;
import dev.catseye.perceive.PerceiveSetup;
import dev.catseye.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;

/** Both topologies as built in production, with default settings. */
final class Topologies {
  static final Topics TOPICS = Topics.withPrefix("");

  private Topologies() {}

  static PerceiveSetup perceive() {
    return new PerceiveSetup(
        PerceiveConfig.from(Settings.of(Map.of(), Map.of())),
        new Model("CPU", "entropy", "", 0.5f, Set.of()),
        picture -> {
          throw new UnsupportedOperationException();
        },
        () -> true,
        FolderStore.over(List.of()),
        Optional.empty(),
        new Meters(),
        new WorkLog(),
        () -> 0,
        "test-1");
  }

  static JudgeSetup judge() {
    Settings settings = Settings.of(Map.of(), Map.of());
    return new JudgeSetup(
        AlarmConfig.from(settings),
        HealthConfig.from(settings, Duration.ofSeconds(1), false, false),
        partition -> OptionalLong.empty(),
        new Meters(),
        new WorkLog(),
        () -> 0,
        "test-1");
  }

  /** The stores that a task of the topology has. */
  static Collection<StateStore> stores(Topology topology) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
      return Map.copyOf(driver.getAllStateStores()).values();
    }
  }
}
