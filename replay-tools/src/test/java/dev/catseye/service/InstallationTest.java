package dev.catseye.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.tools.ToolException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallationTest {
  @Test
  void aServiceThatIsNotBuilt_isNamedByItsFolder(@TempDir Path folder) {
    assertThatThrownBy(() -> new Installation(folder).serviceClassPath())
        .isInstanceOf(ToolException.class)
        .hasMessage(
            "the service is not built: there is no folder %s",
            folder.resolve("stream-app/target/lib"));
  }
}
