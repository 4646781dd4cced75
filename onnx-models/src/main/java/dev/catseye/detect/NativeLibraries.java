package dev.catseye.detect;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The runtime's native libraries, unpacked once per version and user instead of once per process.
 *
 * <p>Left alone, the runtime unpacks 28 MB (600 MB with CUDA) into the temporary folder at every
 * start, and a process that is killed leaves them there.
 */
final class NativeLibraries {
  /** The runtime's own property: a folder with its libraries. */
  static final String PROPERTY = "onnxruntime.native.path";

  private static final String IN_JAR = "ai/onnxruntime/native/";

  private NativeLibraries() {}

  /**
   * Points the runtime to the unpacked libraries. Leaves it to its own way where an operator chose
   * a folder, or nothing can be kept on this machine.
   */
  static void unpackOnce() {
    if (System.getProperty(PROPERTY) == null) {
      unpackedUnder(Path.of(System.getProperty("user.home"), ".cache", "catseye"))
          .ifPresent(folder -> System.setProperty(PROPERTY, folder.toString()));
    }
  }

  /**
   * A folder under {@code cache} that holds the libraries of this runtime and machine, whole.
   *
   * @return empty when there are none, or they cannot be written
   */
  static Optional<Path> unpackedUnder(Path cache) {
    try {
      Path jarPath =
          Path.of(OrtEnvironment.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (JarFile jar = new JarFile(jarPath.toFile())) {
        List<JarEntry> libraries = libraries(jar);
        Path folder = cache.resolve(name(jarPath));
        if (!libraries.isEmpty() && !holds(folder, libraries)) {
          unpack(jar, libraries, folder);
        }
        return libraries.isEmpty() || !holds(folder, libraries)
            ? Optional.empty()
            : Optional.of(folder);
      }
    } catch (IOException | URISyntaxException | SecurityException e) {
      return Optional.empty(); // the runtime's own way still works
    }
  }

  private static List<JarEntry> libraries(JarFile jar) {
    String prefix = IN_JAR + platform() + "/";
    return jar.stream()
        .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(prefix))
        .filter(entry -> entry.getName().indexOf('/', prefix.length()) < 0)
        .toList();
  }

  /** The runtime's word for this machine, such as {@code linux-x64}. */
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String family = os.contains("mac") ? "osx" : os.contains("win") ? "win" : "linux";
    return family + (arch.equals("aarch64") || arch.equals("arm64") ? "-aarch64" : "-x64");
  }

  /**
   * Differs between versions, between the CPU and the GPU jar, and between machines of one home.
   */
  private static String name(Path jar) throws IOException {
    String file = jar.getFileName().toString().replaceFirst("\\.jar$", "");
    return file + "-" + Files.size(jar) + "-" + platform();
  }

  private static boolean holds(Path folder, List<JarEntry> libraries) throws IOException {
    for (JarEntry library : libraries) {
      Path file = folder.resolve(fileName(library));
      if (!Files.isRegularFile(file) || Files.size(file) != library.getSize()) {
        return false;
      }
    }
    return true;
  }

  /** Into a folder beside it first: another process sees all libraries or none. */
  private static void unpack(JarFile jar, List<JarEntry> libraries, Path folder)
      throws IOException {
    Files.createDirectories(folder.getParent());
    Path draft = Files.createTempDirectory(folder.getParent(), ".unpacking");
    try {
      for (JarEntry library : libraries) {
        try (InputStream in = jar.getInputStream(library)) {
          Files.copy(in, draft.resolve(fileName(library)));
        }
      }
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      return; // another process was faster, or left half of it: the caller looks again
    } finally {
      delete(draft);
    }
  }

  private static void delete(Path draft) throws IOException {
    if (Files.exists(draft)) {
      try (Stream<Path> files = Files.walk(draft)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String fileName(JarEntry entry) {
    return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
  }
}
