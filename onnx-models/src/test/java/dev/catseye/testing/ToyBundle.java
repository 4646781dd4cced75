package dev.catseye.testing;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A copy of a small bundle to spoil. {@code toy/}: a network that knows road grey, leaf green and
 * sky blue, plans {@code entropy} and {@code msp}, maps of 64x32. {@code mixed/}: the plans of
 * SynBoost Light, maps of 64x32 and 128x64.
 */
public final class ToyBundle {
  /** Its only graph. */
  public static final String GRAPH = "graphs/fused.onnx";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  private ToyBundle(Path folder) {
    this.folder = folder;
  }

  /** A copy of {@code toy/} in {@code folder}, which is made. */
  public static ToyBundle copyTo(Path folder) {
    return copyOf("toy", folder);
  }

  /** A copy of the bundle {@code name} in {@code folder}, which is made. */
  public static ToyBundle copyOf(String name, Path folder) {
    Path source = Resources.path(name);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(source.relativize(file).toString()));
      }
      return new ToyBundle(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** The file {@code name}. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes a file, without a word in the manifest. */
  public ToyBundle write(String name, byte[] bytes) {
    try {
      Files.createDirectories(file(name).getParent());
      Files.write(file(name), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a file, without a word in the manifest. */
  public ToyBundle delete(String name) {
    try {
      Files.delete(file(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the golden frame and its answers out. */
  public ToyBundle withoutGolden() {
    return delete("golden/frame.png")
        .delete("golden/entropy.anomaly.png")
        .delete("golden/msp.anomaly.png")
        .delete("golden/class_map.png")
        .manifest(manifest -> manifest.remove("golden"));
  }

  /** Changes the manifest. */
  public ToyBundle manifest(Consumer<ObjectNode> change) {
    try {
      ObjectNode manifest = (ObjectNode) JSON.readTree(file("bundle.json").toFile());
      change.accept(manifest);
      return write(
          "bundle.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the graph and tells the manifest its new size and hash. */
  public ToyBundle graph(UnaryOperator<ModelProto.Builder> change) {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file(GRAPH))).toBuilder();
      return graph(change.apply(model).build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces the graph and tells the manifest its new size and hash. */
  public ToyBundle graph(byte[] onnx) {
    write(GRAPH, onnx);
    return manifest(
        manifest ->
            ((ObjectNode) manifest.get("graphs").get(0))
                .put("bytes", onnx.length)
                .put("sha256", sha256(onnx)));
  }

  /** SHA-256 in lower-case hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
