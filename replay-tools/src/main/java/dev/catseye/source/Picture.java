package dev.catseye.source;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One picture of a drive, not yet opened.
 *
 * @param id name of the picture within its data set, for instance {@code
 *     04_Maurener_Weg_8_000008_000040}
 * @param file where it lies; its format is told from its bytes, not from this name
 * @param label its labels, if there are any
 */
public record Picture(String id, Path file, Optional<Label> label) {
  public Picture {
    requireNonNull(id, "id");
    requireNonNull(file, "file");
    requireNonNull(label, "label");
  }
}
