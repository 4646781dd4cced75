package dev.catseye.source;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * The labels of one picture.
 *
 * @param file grey or indexed 8-bit PNG, one value per pixel of the picture
 * @param view what the values mean
 */
public record Label(Path file, LabelView view) {
  public Label {
    requireNonNull(file, "file");
    requireNonNull(view, "view");
  }
}
