package dev.catseye.record;

import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.FrameException;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.PngEncoder;
import dev.catseye.schemas.GroundTruth;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Labels as a grey PNG of one meaning whatever their view: 0 normal, 1 anomaly, 255 void. */
final class LabelFile {
  private static final byte NORMAL = 0;
  private static final byte ANOMALY = 1;
  private static final byte VOID = (byte) 255;

  private LabelFile() {}

  /**
   * Writes the labels and returns the file.
   *
   * @throws ToolException if the label picture cannot be read
   */
  static Path write(GroundTruth truth, Path folder, String stem) throws IOException {
    BytePlane labels;
    try {
      labels = Decoder.decodeLabels(truth.labelPng().toArray(), ImageLimits.DEFAULT);
    } catch (FrameException e) {
      throw new ToolException("labels of frame %s: %s".formatted(truth.frame(), e.getMessage()), e);
    }
    byte[] meaning = new byte[256];
    Arrays.fill(meaning, VOID);
    truth.normalValues().forEach(value -> meaning[value] = NORMAL);
    truth.anomalyValues().forEach(value -> meaning[value] = ANOMALY);
    byte[] values = labels.toByteArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = meaning[values[i] & 0xFF];
    }
    byte[] png = PngEncoder.encode(BytePlane.owning(labels.width(), labels.height(), values));
    return Files.write(folder.resolve(stem + ".png"), png);
  }
}
