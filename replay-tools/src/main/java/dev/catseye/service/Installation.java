package dev.catseye.service;

import dev.catseye.tools.ToolException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the parts of this installation are.
 *
 * @param home root of the checkout or installation
 */
public record Installation(Path home) {
  /**
   * The installation that the launcher {@code catseye} named.
   *
   * @throws ToolException if it did not
   */
  public static Installation ofThisProcess() {
    String home =
        Optional.ofNullable(System.getProperty("catseye.home"))
            .orElseThrow(
                () ->
                    new ToolException(
                        "start it through ./catseye, which knows where the service is"));
    return new Installation(Path.of(home));
  }

  /** Class path of the service. */
  String serviceClassPath() {
    Path jars = home.resolve("stream-app/target/lib");
    if (!Files.isDirectory(jars)) {
      throw new ToolException("the service is not built: there is no folder " + jars);
    }
    return jars.resolve("*").toString();
  }

  /** The drive that is shipped for the demo. */
  public Path demoDrive() {
    return home.resolve("replay-tools/drives/demo");
  }

  /** The model bundle that is shipped. */
  public Path starterBundle() {
    return home.resolve("onnx-models/bundles/starter");
  }
}
