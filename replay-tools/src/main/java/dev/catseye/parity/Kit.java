package dev.catseye.parity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catseye.detect.HostTensor;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * A folder of golden tensors: what the original computed of one picture.
 *
 * <p>Layout of the folder: README.md of the parity kit, section 2. Immutable.
 */
public final class Kit {
  private static final String LIGHT = "light";

  private final Path folder;
  private final JsonNode meta;
  private final Goldens goldens;

  private Kit(Path folder, JsonNode meta, Goldens goldens) {
    this.folder = folder;
    this.meta = meta;
    this.goldens = goldens;
  }

  /**
   * Reads a kit.
   *
   * @throws ToolException if something is missing or is not what it should be
   */
  public static Kit open(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ToolException("no kit: there is no folder " + folder);
    }
    JsonNode meta = readMeta(folder.resolve("meta.json"));
    String pipeline = meta.path("pipeline").asText();
    if (!pipeline.equals(LIGHT)) {
      throw new ToolException(
          "kit %s is of the pipeline '%s', expected '%s'".formatted(folder, pipeline, LIGHT));
    }
    return new Kit(folder, meta, Goldens.read(folder));
  }

  private static JsonNode readMeta(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ToolException("no kit: there is no file " + file);
    }
    try {
      JsonNode meta = new ObjectMapper().readTree(file.toFile());
      for (String key : new String[] {"file", "sha256"}) {
        if (!meta.path("source_image").path(key).isTextual()) {
          throw new ToolException(file + ": source_image." + key + " is missing");
        }
      }
      return meta;
    } catch (JsonProcessingException e) {
      throw new ToolException(file + ": no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** File name of the picture that the goldens were made of. */
  String pictureName() {
    return meta.path("source_image").path("file").textValue();
  }

  /** SHA-256 of the picture's file, hex. */
  String pictureSha256() {
    return meta.path("source_image").path("sha256").textValue();
  }

  /** Golden tensor {@code name}, one of those that {@link Goldens} reads. */
  HostTensor golden(String name) {
    return goldens.tensors().get(name);
  }

  /** Rows and columns between those that {@code logits} keeps. */
  int logitsStep() {
    return goldens.logitsStep();
  }

  /** Rows and columns between those that {@code final} keeps. */
  int finalStep() {
    return goldens.finalStep();
  }

  /** A number such as {@code H_max}, where the kit tells it. */
  OptionalDouble scalar(String name) {
    JsonNode value = meta.path("scalars").path(name);
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }

  Tolerances tolerances() {
    return Tolerances.of(meta.path("suggested_tolerances"));
  }
}
