package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Exit code and words of every way in which a start can fail; none shows a stack trace. */
class MainTest {
  private static final String STARTER = "../onnx-models/bundles/starter";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  private int run(Map<String, String> environment, String... arguments) {
    int code = new CommandLine(new Main(environment)).execute(arguments);
    assertThat(err()).doesNotContain("\tat ", "Exception");
    return code;
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void validSettings_pass() {
    assertThat(run(Map.of("CATSEYE_BUNDLE", STARTER), "--check")).isZero();
    assertThat(out()).contains("bundle starter").endsWith("the settings are valid\n");
  }

  @Test
  void exampleOfTheHelp_isShown() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(out()).contains("--check", "Example:", "CATSEYE_BUNDLE=onnx-models/bundles/starter");
  }

  @Test
  void mistakes_areListed() {
    assertThat(run(Map.of("CATSEYE_PROFILE", "fast"), "--check")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            """
            catseye: 2 problems with the settings:
              - profile = fast: must be one of live, ledger
              - bundle is missing: the role perceive needs a model bundle
            """);
  }

  @Test
  void unknownOption_isBadUsage() {
    assertThat(run(Map.of(), "--chek")).isEqualTo(2);
  }

  @Test
  void missingSettingsFile_isNamed() {
    assertThat(run(Map.of(), "--config", "none.properties")).isEqualTo(2);
    assertThat(err()).contains("settings file none.properties does not exist");
  }

  @Test
  void missingBundle_isNamed() {
    assertThat(run(Map.of("CATSEYE_BUNDLE", "nowhere"))).isEqualTo(1);
    assertThat(err()).startsWith("catseye: ").contains("nowhere");
  }

  @Test
  void damagedBundle_isRefused(@TempDir Path folder) throws Exception {
    Path bundle = folder.resolve("bundle");
    try (var files = Files.walk(Path.of(STARTER))) {
      for (Path file : files.toList()) {
        Files.copy(file, bundle.resolve(Path.of(STARTER).relativize(file).toString()));
      }
    }
    Path graph = bundle.resolve("graphs/fused.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    bytes[bytes.length / 2] ^= 1;
    Files.write(graph, bytes);
    assertThat(run(Map.of("CATSEYE_BUNDLE", bundle.toString()))).isEqualTo(1);
    assertThat(err()).contains("graphs/fused.onnx");
  }

  @Test
  @Timeout(20)
  void unreachableBroker_isNamedWithinTheBound() {
    Map<String, String> environment = new HashMap<>();
    environment.put("CATSEYE_ROLES", "judge");
    environment.put("CATSEYE_HTTP_PORT", "0");
    environment.put("CATSEYE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    environment.put("CATSEYE_START_TIMEOUT", "1 s");
    assertThat(run(environment, "--log-level", "error")).isEqualTo(1);
    assertThat(err())
        .contains("no Kafka broker answers at 127.0.0.1:1 within 1 s")
        .contains("kafka.bootstrap.servers");
  }

  @Test
  void occupiedPort_isNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(run(Map.of("CATSEYE_HTTP_PORT", port), "--roles", "judge")).isEqualTo(1);
      assertThat(err()).contains("http port " + port);
    }
  }

  @Test
  void table_showsEverySetting() {
    assertThat(run(Map.of(), "--settings")).isZero();
    assertThat(out()).contains("| `alarm.hits` | `4` | 1 to 64 |");
  }
}
