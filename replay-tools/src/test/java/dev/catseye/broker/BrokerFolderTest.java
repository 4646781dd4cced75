package dev.catseye.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.tools.ToolException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerFolderTest {
  @TempDir private Path folder;

  @Test
  void aFolderWithOtherFiles_isRefusedAndLeftAlone() throws Exception {
    Path thesis = Files.createFile(folder.resolve("thesis.doc"));

    assertThatThrownBy(() -> BrokerFolder.open(folder))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("folder %s holds other files (thesis.doc)", folder);
    assertThat(folder.toFile().list()).containsExactly(thesis.getFileName().toString());
  }

  @Test
  void aNewFolder_getsAClusterIdOfItsOwn() throws Exception {
    try (BrokerFolder opened = BrokerFolder.open(folder.resolve("new"))) {
      assertThat(opened.clusterId()).hasSize(22).isNotEqualTo(opened.clusterId());
    }
  }

  @Test
  void aFormattedFolder_keepsItsClusterId() throws Exception {
    try (BrokerFolder opened = BrokerFolder.open(folder)) {
      Files.writeString(folder.resolve("kafka/meta.properties"), "version=1\ncluster.id=abc\n");
      assertThat(opened.clusterId()).isEqualTo("abc");
    }
  }
}
