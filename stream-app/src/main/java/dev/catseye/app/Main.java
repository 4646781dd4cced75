package dev.catseye.app;

import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.ModelException;
import dev.catseye.config.ConfigException;
import dev.catseye.config.SettingLine;
import dev.catseye.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Entry point of the service. */
@Command(
    name = "catseye service",
    mixinStandardHelpOptions = true,
    versionProvider = JarVersion.class,
    description = "Turns camera frames on Kafka into anomaly masks, alarms and camera health.",
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped because it was asked to",
      "1:cannot start or cannot go on; the last line on stderr says why",
      "2:bad usage or settings"
    },
    footer = {
      "%nSettings come from the file, or from the environment: CATSEYE_ALARM_MIN_AREA_PX is"
          + " alarm.min-area-px.",
      "%nExample:",
      "  CATSEYE_BUNDLE=onnx-models/bundles/starter catseye service --check"
    })
public final class Main implements Callable<Integer> {
  /** Longer than the parent waits for us, if it is still there. */
  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(30);

  @Option(names = "--config", paramLabel = "FILE", description = "settings as a .properties file")
  private Path file;

  @Option(
      names = "--roles",
      paramLabel = "ROLES",
      description = "topologies to run: perceive, judge or perceive,judge")
  private String roles;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description = "error, warn, info or debug (with stack traces)")
  private String logLevel;

  @Option(names = "--check", description = "check settings and bundle, then exit")
  private boolean check;

  @Option(names = "--settings", description = "print all settings as a Markdown table, then exit")
  private boolean table;

  private final Map<String, String> environment;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private volatile Service service;

  Main(Map<String, String> environment) {
    this.environment = new HashMap<>(environment);
  }

  /** Runs the service and ends the process. */
  public static void main(String[] arguments) {
    Main main = new Main(System.getenv());
    Runtime.getRuntime().addShutdownHook(new Thread(main::stopAndExit, "stop"));
    int code = new CommandLine(main).execute(arguments);
    main.ended.complete(code);
    System.exit(code);
  }

  @Override
  public Integer call() throws InterruptedException {
    LogLevel.set(logLevel);
    if (table) {
      settingLines().forEach(line -> System.out.println(line.markdown()));
      return 0;
    }
    try {
      return run();
    } catch (ConfigException e) {
      int count = e.problems().size();
      System.err.printf("catseye: %d problem%s with the settings:%n", count, count == 1 ? "" : "s");
      e.problems().forEach(problem -> System.err.println("  - " + problem));
      return 2;
    } catch (ModelException | StartException | IOException e) {
      System.err.println("catseye: " + e.getMessage());
      return 1;
    }
  }

  /** All settings, in the order of the table. */
  static List<SettingLine> settingLines() {
    Settings settings = Settings.of(Map.of(), Map.of());
    ServiceConfig.from(settings, 1);
    return settings.lines();
  }

  private int run() throws IOException, InterruptedException {
    Optional.ofNullable(roles).ifPresent(names -> environment.put("CATSEYE_ROLES", names));
    Settings settings =
        file == null ? Settings.of(Map.of(), environment) : Settings.load(file, environment);
    ServiceConfig config = ServiceConfig.from(settings, Runtime.getRuntime().availableProcessors());
    settings.finish();
    if (check) {
      config.bundle().map(Bundle::open).ifPresent(bundle -> System.out.println(bundle));
      System.out.println("the settings are valid");
      return 0;
    }
    service = new Service(config);
    if (Boolean.getBoolean(ParentWatch.PROPERTY)) {
      ParentWatch.start(
          System.in, service::stop, ORPHAN_PATIENCE, () -> Runtime.getRuntime().halt(1));
    }
    return service.run() ? 0 : 1;
  }

  /**
   * Stops the service when a signal ends the process. The exit code would be the signal's unless
   * the process ended here, once everything is closed.
   */
  private void stopAndExit() {
    Service running = service;
    if (running == null) {
      return;
    }
    running.stop();
    try {
      Runtime.getRuntime().halt(ended.get());
    } catch (InterruptedException | ExecutionException e) {
      Runtime.getRuntime().halt(1);
    }
  }
}
