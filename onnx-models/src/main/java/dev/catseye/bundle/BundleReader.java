package dev.catseye.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a bundle file by file and notes every problem on the way. */
final class BundleReader {
  static final String MANIFEST = "bundle.json";
  private static final long MAX_MANIFEST_BYTES = 4L << 20;

  private final Path source;
  private final BundleFiles files;
  private final List<String> problems = new ArrayList<>();

  private BundleReader(Path source, BundleFiles files) {
    this.source = source;
    this.files = files;
  }

  static Bundle read(Path source) {
    if (!Files.exists(source)) {
      throw refused(source, List.of("does not exist"));
    }
    try (BundleFiles files = open(source)) {
      return new BundleReader(source, files).read();
    } catch (IOException e) {
      throw refused(source, List.of("cannot be read: " + e.getMessage()));
    }
  }

  /**
   * Reads a graph again, now to hand it over, and looks into it. The bytes are the caller's.
   *
   * @param source of a bundle that was read before
   * @throws ModelException if the file has changed since, or is no graph that we run
   */
  static ByteBuffer graphBytes(Path source, FileSpec file) {
    try (BundleFiles files = open(source)) {
      BundleReader reader = new BundleReader(source, files);
      Optional<ByteBuffer> bytes = reader.graph(file, ManifestReader.OPSET);
      if (!reader.problems.isEmpty()) {
        throw refused(source, reader.problems);
      }
      return bytes.orElseThrow();
    } catch (IOException e) {
      throw refused(source, List.of("cannot be read: " + e.getMessage()));
    }
  }

  private static BundleFiles open(Path source) throws IOException {
    return Files.isDirectory(source) ? new FolderFiles(source) : new ZipFiles(source);
  }

  private static ModelException refused(Path source, List<String> problems) {
    return new ModelException("bundle " + source, problems);
  }

  private Bundle read() throws IOException {
    problems.addAll(files.problems());
    if (!files.names().contains(MANIFEST)) {
      problems.add(MANIFEST + ": missing" + hint());
      throw refused(source, problems);
    }
    CheckedFile text = CheckedFile.read(files.open(MANIFEST), MAX_MANIFEST_BYTES);
    Optional<Manifest> understood = ManifestReader.read(text.content(), problems);
    if (understood.isEmpty()) {
      throw refused(source, problems);
    }
    Manifest manifest = understood.get();
    checkUnnamed(manifest);
    for (GraphSpec graph : manifest.graphs()) {
      graph(graph.file(), graph.opset());
    }
    for (ModuleSpec module : manifest.modules()) {
      verify(module.file());
    }
    for (StageSpec stage : manifest.stages()) {
      verify(stage.file());
    }
    Optional<Golden> golden = Optional.empty();
    if (manifest.golden().isPresent()) {
      golden = golden(manifest.golden().get());
    }
    if (!problems.isEmpty()) {
      throw refused(source, problems);
    }
    return new Bundle(source, manifest, text.sha256(), golden);
  }

  private String hint() {
    return files.names().stream()
        .filter(name -> name.endsWith("/" + MANIFEST))
        .findFirst()
        .map(name -> " at the top, but there is " + name)
        .orElse("");
  }

  private void checkUnnamed(Manifest manifest) {
    Set<String> named = new LinkedHashSet<>(List.of(MANIFEST));
    allFiles(manifest).map(FileSpec::path).forEach(named::add);
    files.names().stream()
        .filter(name -> !named.contains(name))
        .forEach(
            name -> problems.add(name + ": lies in the bundle but bundle.json does not name it"));
  }

  private static Stream<FileSpec> allFiles(Manifest manifest) {
    Stream<FileSpec> golden =
        manifest.golden().stream()
            .flatMap(
                spec ->
                    Stream.concat(
                        Stream.of(spec.frame()),
                        spec.expected().stream().map(Manifest.ExpectedSpec::file)));
    return Stream.of(
            manifest.graphs().stream().map(GraphSpec::file),
            manifest.modules().stream().map(ModuleSpec::file),
            manifest.stages().stream().map(StageSpec::file),
            golden)
        .flatMap(stream -> stream);
  }

  private Optional<Golden> golden(Manifest.GoldenSpec spec) throws IOException {
    Optional<byte[]> frame = content(spec.frame());
    List<Golden.Expected> expected = new ArrayList<>();
    for (Manifest.ExpectedSpec item : spec.expected()) {
      content(item.file())
          .map(ByteBuffer::wrap)
          .map(map -> new Golden.Expected(item.output(), map, item.maxDifference(), item.share()))
          .ifPresent(expected::add);
    }
    return frame.map(ByteBuffer::wrap).map(bytes -> new Golden(bytes, expected));
  }

  /** The bytes of a file that is there, of the size and hash promised. */
  private Optional<byte[]> content(FileSpec file) throws IOException {
    if (!isInside(file)) {
      return Optional.empty();
    }
    CheckedFile read = CheckedFile.read(files.open(file.path()), file.bytes());
    return check(file, read) ? Optional.of(read.content()) : Optional.empty();
  }

  /**
   * The bytes of a graph that is there, of the size and hash promised, and that we run; outside the
   * heap, as the runtime takes them.
   */
  private Optional<ByteBuffer> graph(FileSpec file, int opset) throws IOException {
    if (!isInside(file)) {
      return Optional.empty();
    }
    if (file.bytes() > Integer.MAX_VALUE - 8) {
      problems.add(file.path() + ": " + file.bytes() + " bytes, at most 2 GiB can be run");
      return Optional.empty();
    }
    if (files.size(file.path()) != file.bytes()) {
      verify(file); // says so; nothing of that size is made room for
      return Optional.empty();
    }
    ByteBuffer bytes = outsideTheHeap(file);
    if (!check(file, CheckedFile.read(files.open(file.path()), bytes))) {
      return Optional.empty();
    }
    problems.addAll(GraphInspector.inspect(file.path(), opset, bytes.flip()));
    return Optional.of(bytes);
  }

  private ByteBuffer outsideTheHeap(FileSpec file) {
    try {
      return ByteBuffer.allocateDirect((int) file.bytes());
    } catch (OutOfMemoryError e) { // the JVM's own limit: nothing is broken yet
      problems.add(
          String.format(
              "%s: no room for its %d bytes: %s; raise -XX:MaxDirectMemorySize",
              file.path(), file.bytes(), e.getMessage()));
      throw refused(source, problems);
    }
  }

  /** As {@link #content}, but keeps nothing in memory. */
  private void verify(FileSpec file) throws IOException {
    if (isInside(file)) {
      check(file, CheckedFile.hash(files.open(file.path()), file.bytes()));
    }
  }

  private boolean isInside(FileSpec file) {
    if (file.path().isEmpty()) {
      return false; // noted when the manifest was read
    }
    Path path = Path.of(file.path());
    if (path.isAbsolute()
        || !path.normalize().equals(path)
        || path.startsWith("..")
        || file.path().contains("\\")) {
      problems.add(file.path() + ": is no plain path inside the bundle");
      return false;
    }
    if (!files.names().contains(file.path())) {
      problems.add(file.path() + ": missing");
      return false;
    }
    return true;
  }

  private boolean check(FileSpec file, CheckedFile read) {
    if (read.bytes() != file.bytes()) {
      problems.add(
          String.format(
              "%s: %s bytes, bundle.json says %d", file.path(), read.sizeInWords(), file.bytes()));
      return false;
    }
    if (!read.sha256().equals(file.sha256())) {
      problems.add(
          String.format(
              "%s: SHA-256 %s, bundle.json says %s", file.path(), read.sha256(), file.sha256()));
      return false;
    }
    return true;
  }
}
