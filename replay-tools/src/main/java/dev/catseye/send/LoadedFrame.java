package dev.catseye.send;

import dev.catseye.image.Format;
import dev.catseye.image.FrameException;
import dev.catseye.image.ImageHeader;
import dev.catseye.image.ImageSize;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.source.Label;
import dev.catseye.source.PlannedFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A planned frame with the bytes of its files.
 *
 * @param frame the plan
 * @param content the picture file, unchanged
 * @param size what its header says
 * @param label the label file, unchanged, if there is one
 */
record LoadedFrame(PlannedFrame frame, Bytes content, ImageSize size, Optional<Bytes> label) {

  /**
   * Reads the files of a frame. Pixels are not decoded: whether the picture is whole is for the
   * service to judge.
   *
   * @throws SkippedException if a file cannot be read, or is no picture that an envelope could
   *     describe
   */
  static LoadedFrame read(PlannedFrame frame) throws SkippedException {
    byte[] picture = bytes(frame.picture().file());
    ImageSize size = header(frame.picture().file(), picture);
    if (size.width() < 1
        || size.height() < 1
        || Math.max(size.width(), size.height()) > Frame.MAX_SIDE) {
      throw new SkippedException(
          "%s: %dx%d, sides must be 1 to %d"
              .formatted(frame.picture().file(), size.width(), size.height(), Frame.MAX_SIDE));
    }
    Optional<Bytes> label = Optional.empty();
    if (frame.picture().label().isPresent()) {
      label = Optional.of(label(frame.picture().label().get(), size));
    }
    return new LoadedFrame(frame, Bytes.wrap(picture), size, label);
  }

  private static Bytes label(Label label, ImageSize picture) throws SkippedException {
    byte[] bytes = bytes(label.file());
    ImageSize size = header(label.file(), bytes);
    if (size.format() != Format.PNG
        || size.width() != picture.width()
        || size.height() != picture.height()) {
      throw new SkippedException(
          "%s: labels are %s %dx%d, expected PNG %dx%d as the picture"
              .formatted(
                  label.file(),
                  size.format(),
                  size.width(),
                  size.height(),
                  picture.width(),
                  picture.height()));
    }
    return Bytes.wrap(bytes);
  }

  private static byte[] bytes(Path file) throws SkippedException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SkippedException("%s: cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  private static ImageSize header(Path file, byte[] bytes) throws SkippedException {
    try {
      return ImageHeader.read(bytes);
    } catch (FrameException e) {
      throw new SkippedException("%s: %s".formatted(file, e.getMessage()));
    }
  }

  Encoding encoding() {
    return switch (size.format()) {
      case JPEG -> Encoding.JPEG;
      case PNG -> Encoding.PNG;
      case WEBP -> Encoding.WEBP;
    };
  }
}
