package dev.catseye.stills;

import dev.catseye.image.Overlay;
import dev.catseye.image.PngEncoder;
import dev.catseye.image.RgbPlane;
import dev.catseye.region.Region;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes three files per picture: overlay, score map, regions. */
public final class StillWriter {
  private final Path folder;

  private StillWriter(Path folder) {
    this.folder = folder;
  }

  /**
   * A writer into {@code folder}, which is made where it is missing.
   *
   * @throws ToolException if nothing can be written there
   */
  public static StillWriter into(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new ToolException(folder + " is a file, expected a folder for the results", e);
    }
    if (!Files.isWritable(folder)) {
      throw new ToolException("no permission to write into the folder " + folder);
    }
    return new StillWriter(folder);
  }

  /**
   * Writes {@code NAME.overlay.png}, {@code NAME.scores.png} (grey, 255 = score 1, at the plan's
   * working size) and {@code NAME.regions.json}, over older ones.
   *
   * @return where the overlay lies
   */
  public Path write(String name, Still still, StillDetector detector) throws IOException {
    RgbPlane overlay =
        Overlay.paint(
            still.frame(),
            still.scores(),
            detector.thresholdByte(),
            still.regions().stream().map(Region::box).toList());
    Files.write(folder.resolve(name + ".scores.png"), PngEncoder.encode(still.scores()));
    Files.write(folder.resolve(name + ".regions.json"), StillJson.of(still, detector));
    return Files.write(folder.resolve(name + ".overlay.png"), PngEncoder.encode(overlay));
  }
}
