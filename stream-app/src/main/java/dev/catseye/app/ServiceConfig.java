package dev.catseye.app;

import dev.catseye.config.Settings;
import dev.catseye.detect.Provider;
import dev.catseye.judge.AlarmConfig;
import dev.catseye.judge.HealthConfig;
import dev.catseye.payload.FolderStore;
import dev.catseye.perceive.PerceiveConfig;
import dev.catseye.web.HttpConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All settings of one process. Immutable; read once at start-up.
 *
 * @param bundle folder or zip; present when perceive runs
 * @param plan plan to publish; empty for the bundle's default
 * @param operatingPoint the plan's operating point to cut at; empty for its default
 * @param profile how Kafka Streams is set up
 * @param roles topologies of this process
 * @param instanceId name of this process, stable over restarts and unique among running ones
 * @param topicsPrefix put before each topic's name
 * @param applicationId first part of the names of groups, transactions and changelogs
 * @param streamThreads threads of perceive
 * @param inference how frames are computed
 * @param referenceRoots folders below which referred payloads may lie
 * @param priorities turns of a camera while one that is not named has one
 * @param slowestFrame time that one run of the network may take
 * @param startTimeout time that brokers have to answer at start
 * @param kafka how brokers are reached
 * @param perceive limits and thresholds
 * @param alarms which regions become alarms
 * @param health when a camera counts as blind
 * @param http where the status pages are served
 */
record ServiceConfig(
    Optional<Path> bundle,
    Optional<String> plan,
    Optional<String> operatingPoint,
    Profile profile,
    Set<Role> roles,
    String instanceId,
    String topicsPrefix,
    String applicationId,
    int streamThreads,
    InferenceConfig inference,
    List<Path> referenceRoots,
    Map<String, Integer> priorities,
    Duration slowestFrame,
    Duration startTimeout,
    KafkaConfig kafka,
    PerceiveConfig perceive,
    AlarmConfig alarms,
    HealthConfig health,
    HttpConfig http) {
  private static final String NAME = "letters, digits, dots, underscores and hyphens, at most 100";

  /** Names of profiles in the settings. */
  enum ProfileName {
    LIVE,
    LEDGER
  }

  /**
   * Reads all settings; problems stay in {@code settings}.
   *
   * @param cores processors of this machine
   */
  static ServiceConfig from(Settings settings, int cores) {
    Optional<Path> bundle =
        settings
            .path("bundle", "folder or zip of the model bundle; perceive needs it")
            .anyOrAbsent();
    Optional<String> plan =
        settings
            .text("plan", "plan whose score map is published")
            .byDefault("the bundle's default plan")
            .anyOrAbsent();
    Optional<String> operatingPoint =
        settings
            .text("operating-point", "operating point of the plan; `region.threshold` outranks it")
            .byDefault("the plan's first")
            .anyOrAbsent();
    Profile profile =
        switch (settings
            .choice("profile", ProfileName.LIVE, "what matters: the newest frame, or every frame")
            .any()) {
          case LIVE -> new LiveProfile();
          case LEDGER -> new LedgerProfile();
        };
    Set<Role> roles =
        settings
            .choices("roles", Role.class, EnumSet.allOf(Role.class), "topologies of this process")
            .any();
    if (roles.contains(Role.PERCEIVE) && bundle.isEmpty()) {
      settings.problem("bundle is missing: the role perceive needs a model bundle");
    }
    HttpConfig http = HttpConfig.from(settings);
    int streamThreads =
        settings
            .integer(
                "stream.threads",
                1,
                "threads that admit and decode, each with one frame at a time; more than partitions"
                    + " idle")
            .between(1, 64);
    InferenceConfig inference = InferenceConfig.from(settings, profile, streamThreads, cores);
    List<Path> referenceRoots =
        settings
            .paths(
                "reference.roots",
                "absolute folders below which payloads may lie that frames refer to as file:///...")
            .byDefault("none: such frames are rejected")
            .anyOrAbsent()
            .orElse(List.of());
    referenceRoots.stream()
        .flatMap(root -> FolderStore.problem(root).stream())
        .forEach(problem -> settings.problem("reference.roots: " + problem));
    return new ServiceConfig(
        bundle,
        plan,
        operatingPoint,
        profile,
        roles,
        settings
            .text("instance-id", hostName() + "-" + http.port(), "name of this process in records")
            .byDefault("host name and `http.port`")
            .matching(ServiceConfig::isName, NAME),
        settings
            .text("topics.prefix", "", "put before each topic's name")
            .matching(prefix -> prefix.isEmpty() || isName(prefix), NAME),
        settings
            .text("application-id", "catseye", "name of the consumer groups and changelogs")
            .matching(ServiceConfig::isName, NAME),
        streamThreads,
        inference,
        referenceRoots,
        settings
            .weights(
                "cameras.priority",
                "profile live: turns of a camera while one that is not named has one; cameras of one"
                    + " partition take theirs together")
            .byDefault("one turn each")
            .anyOrAbsent()
            .orElse(Map.of()),
        settings
            .duration(
                "frame.slowest",
                Duration.ofSeconds(10),
                "time that one run of the network may take; a longer one is ended and its frames"
                    + " are REJECTED(INFERENCE); twice what the golden frame takes, for each frame"
                    + " of a batch, if that is more")
            .between(Duration.ofMillis(100), Duration.ofMinutes(15)),
        settings
            .duration("start.timeout", Duration.ofSeconds(15), "time that brokers have to answer")
            .between(Duration.ofSeconds(1), Duration.ofMinutes(10)),
        KafkaConfig.from(settings, profile.names()),
        PerceiveConfig.from(settings),
        AlarmConfig.from(settings),
        HealthConfig.from(
            settings,
            profile.healthPeriod(),
            profile.overdueMatters(),
            inference.provider() != Provider.CPU),
        http);
  }

  private static boolean isName(String text) {
    return text.matches("[a-zA-Z0-9._-]{1,100}");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^a-zA-Z0-9._-]", "-");
    } catch (UnknownHostException e) {
      return "catseye";
    }
  }
}
