package dev.catseye.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chaos as a person runs it: the command line in a process of its own. */
final class ChaosIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final int BROKER_AND_INSTANCES = 3;

  @TempDir private Path folder;

  @BeforeEach
  void requireTheService() {
    assumeTrue(
        Files.isDirectory(HOME.resolve("stream-app/target/lib")),
        "stream-app is not packaged: build from the root");
  }

  private Process chaos() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dcatseye.home=" + HOME,
            "dev.catseye.cli.Main",
            "chaos",
            "--short",
            "-o",
            folder.resolve("run").toString());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectError(folder.resolve("err").toFile());
    builder.redirectOutput(folder.resolve("out").toFile());
    return builder.start();
  }

  @Test
  void aShortRun_keepsEveryPromiseAndSeesItsControls() throws Exception {
    Process chaos = chaos();
    assertThat(chaos.waitFor(10, TimeUnit.MINUTES)).isTrue();

    String said = Files.readString(folder.resolve("err")) + Files.readString(folder.resolve("out"));
    assertThat(chaos.exitValue()).as(said).isZero();
    JsonNode report = new ObjectMapper().readTree(folder.resolve("run/report.json").toFile());
    assertThat(report.get("verdict").asText()).isEqualTo("PASS");
    assertThat(report.get("faults")).as(said).hasSize(8);
    assertThat(report.get("trials").asInt()).as(said).isGreaterThanOrEqualTo(6);
    assertThat(report.get("failure_rate_bound_95").asDouble()).isBetween(0.3, 0.4);
    assertThat(report.get("controls").get("drop").asText()).isEqualTo("FAIL");
    assertThat(report.get("controls").get("forge").asText()).isEqualTo("FAIL");
    assertThat(report.get("controls").get("at-least-once").asText()).isIn("FAIL", "null");
    assertThat(report.get("frames").get("gone").asInt()).isZero();
    assertThat(folder.resolve("run").toFile().list())
        .containsExactlyInAnyOrder("logs", "report.json", "report.txt");
  }

  @Test
  void aSignalInTheMiddle_leavesNoProcessBehind() throws Exception {
    Process chaos = chaos();
    while (chaos.children().count() < BROKER_AND_INSTANCES) {
      assertThat(chaos.isAlive()).as(Files.readString(folder.resolve("err"))).isTrue();
      Thread.sleep(50);
    }
    List<ProcessHandle> children = chaos.children().toList();

    chaos.destroy(); // SIGTERM, which takes the same way as Ctrl-C

    assertThat(chaos.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(folder.resolve("run/work")).doesNotExist();
  }
}
