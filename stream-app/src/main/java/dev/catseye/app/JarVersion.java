package dev.catseye.app;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into our jar. */
final class JarVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = JarVersion.class.getPackage().getImplementationVersion();
    return new String[] {
      "catseye service " + Optional.ofNullable(version).orElse("(not built as a jar)")
    };
  }
}
