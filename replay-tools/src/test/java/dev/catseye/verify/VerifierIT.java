package dev.catseye.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.broker.LocalBroker;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.ToolException;
import dev.catseye.topics.Catalogue;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The checker on real topics, with real transactions and committed offsets. */
class VerifierIT {
  private static LocalBroker broker;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    broker = LocalBroker.start();
    cluster = Cluster.connect(ClientConfig.of(broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    cluster.close();
    broker.close();
  }

  @Test
  void aRunWithAbortedWork_passesAndNamesTheAbortedRecords() throws Exception {
    try (ServiceStandIn service = service("clean-")) {
      for (int i = 0; i < 4; i++) {
        long offset = service.sendFrame(i);
        if (i == 2) {
          service.abortMask(i, offset);
        }
        service.commitMask(i, offset);
      }

      Verdict verdict = verify("clean-", service.group());
      assertThat(verdict.examples()).isEmpty();
      assertThat(verdict.doubts()).isEmpty();
      assertThat(verdict.word()).isEqualTo(Verdict.Word.PASS);
      assertThat(verdict.census().judged()).isEqualTo(4);
      assertThat(verdict.census().aborted()).hasToString("[clean-masks-0@4 of clean-frames-0@2]");
    }
  }

  @Test
  void aFrameNotYetCommitted_waits() throws Exception {
    try (ServiceStandIn service = service("waiting-")) {
      service.commitMask(0, service.sendFrame(0));
      service.sendFrame(1);

      Verdict verdict = verify("waiting-", service.group());
      assertThat(verdict.word()).isEqualTo(Verdict.Word.PASS);
      assertThat(verdict.census().waiting()).isEqualTo(1);
    }
  }

  @Test
  void aDoubledMask_fails() throws Exception {
    try (ServiceStandIn service = service("doubled-")) {
      long offset = service.sendFrame(0);
      service.commitMask(0, offset);
      service.doubleMask(0, offset);

      Verdict verdict = verify("doubled-", service.group());
      assertThat(verdict.word()).isEqualTo(Verdict.Word.FAIL);
      assertThat(verdict.violations()).containsOnlyKeys(Promise.B1);
    }
  }

  @Test
  void emptyTopics_areUnknown() throws Exception {
    try (ServiceStandIn service = service("empty-")) {
      assertThat(verify("empty-", service.group()).word()).isEqualTo(Verdict.Word.UNKNOWN);
    }
  }

  @Test
  void anUnknownGroup_isUnknown() throws Exception {
    try (ServiceStandIn service = service("group-")) {
      service.commitMask(0, service.sendFrame(0));

      Verdict verdict = verify("group-", "nobody");
      assertThat(verdict.word()).isEqualTo(Verdict.Word.UNKNOWN);
      assertThat(verdict.doubts()).contains("group nobody has committed nothing on group-frames-0");
    }
  }

  @Test
  void missingTopics_areAMessage() {
    assertThatThrownBy(() -> verify("nowhere-", "nobody"))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("has no topic nowhere-");
  }

  private static ServiceStandIn service(String prefix) throws Exception {
    Topics topics = Topics.withPrefix(prefix);
    new Catalogue(cluster, topics, Optional.of(1)).create();
    return new ServiceStandIn(cluster.config(), topics);
  }

  private static Verdict verify(String prefix, String group) throws Exception {
    RunSettings settings = RunSettings.of(RunProfile.LIVE, Recording.SETTINGS);
    return new Verifier(cluster, TopicNames.withPrefix(prefix), group, settings).verify();
  }
}
