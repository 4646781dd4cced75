package dev.catseye.source;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Consecutive pictures of one camera without a restart: one sequence of Lost &amp; Found, or one
 * folder.
 *
 * @param id name of the drive
 * @param pictures in the order of capture, at least one
 */
public record Drive(String id, List<Picture> pictures) {
  public Drive {
    requireNonNull(id, "id");
    pictures = List.copyOf(pictures);
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("drive " + id + " has no pictures");
    }
  }
}
