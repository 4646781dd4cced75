package dev.catseye.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.tools.ToolException;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalBrokerIT {
  @TempDir private Path temporary;

  private static LocalBroker in(Path folder) throws Exception {
    return LocalBroker.start(
        new LocalBroker.Options(0, Optional.of(folder), false, Optional.empty()));
  }

  private static Admin admin(LocalBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @Test
  void aTemporaryBroker_answersAndLeavesNothingBehind() throws Exception {
    LocalBroker broker = LocalBroker.start();
    try (broker;
        Admin admin = admin(broker)) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    }
    assertThat(broker.process().isAlive()).isFalse();
    assertThat(broker.folder()).doesNotExist();
  }

  @Test
  void aNamedFolder_keepsItsTopicsForTheNextRun() throws Exception {
    Path folder = temporary.resolve("kept");
    try (LocalBroker broker = in(folder);
        Admin admin = admin(broker)) {
      admin.createTopics(List.of(new NewTopic("frames", 1, (short) 1))).all().get();
    }
    try (LocalBroker broker = in(folder);
        Admin admin = admin(broker)) {
      assertThat(admin.listTopics().names().get()).contains("frames");
    }
  }

  @Test
  void aFolderInUse_isRefusedByNameAndTheFirstBrokerGoesOn() throws Exception {
    Path folder = temporary.resolve("shared");
    try (LocalBroker first = in(folder)) {
      assertThatThrownBy(() -> in(folder))
          .isInstanceOf(ToolException.class)
          .hasMessage(
              "folder %s is in use by another broker (process %d)", folder, first.process().pid());
      assertThat(first.process().isAlive()).isTrue();
    }
  }

  @Test
  void theDeathOfTheParent_endsTheBrokerAndRemovesItsFolder() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.catseye.cli.Main",
                "broker",
                "--port",
                "0")
            .start();
    try (BufferedReader out = parent.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).startsWith("READY 127.0.0.1:");
    }
    ProcessHandle broker = parent.children().findFirst().orElseThrow();
    Path folder = Path.of(broker.info().arguments().orElseThrow()[4]);
    assertThat(folder).isDirectory();

    parent.destroyForcibly();

    broker.onExit().get(20, TimeUnit.SECONDS);
    assertThat(folder).doesNotExist();
  }
}
