package dev.catseye.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsExampleTest {
  private static final Path EXAMPLE = Path.of("catseye.properties");
  private static final String BUNDLE_OF_THE_IMAGE = "/opt/catseye/bundles/starter";
  private static final Path BUNDLE_HERE = Path.of("../onnx-models/bundles/starter");

  @Test
  void example_namesTheBundleOfUnitAndImage() throws IOException {
    Properties example = new Properties();
    try (Reader reader = Files.newBufferedReader(EXAMPLE)) {
      example.load(reader);
    }

    assertThat(example).containsEntry("bundle", BUNDLE_OF_THE_IMAGE);
    assertThat(Files.readString(Path.of("container/Containerfile"))).contains(BUNDLE_OF_THE_IMAGE);
    assertThat(Files.readString(Path.of("systemd/catseye.service"))).contains(BUNDLE_OF_THE_IMAGE);
  }

  @Test
  void example_isAcceptedByTheService() throws IOException, InterruptedException {
    assertAccepted(EXAMPLE);
  }

  @Test
  void exampleWithEveryCommentedSetting_isAcceptedByTheService(@TempDir Path folder)
      throws IOException, InterruptedException {
    String all =
        Files.readAllLines(EXAMPLE).stream()
            .map(line -> line.replaceFirst("^# (kafka\\.)", "$1"))
            .collect(Collectors.joining("\n"));
    assertAccepted(Files.writeString(folder.resolve("all.properties"), all));
  }

  private static void assertAccepted(Path settings) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder check =
        new ProcessBuilder(
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            "dev.catseye.app.Main",
            "--config",
            settings.toString(),
            "--check");
    check.environment().put("CATSEYE_BUNDLE", BUNDLE_HERE.toAbsolutePath().toString());
    Process process = check.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("the settings are valid");
  }
}
