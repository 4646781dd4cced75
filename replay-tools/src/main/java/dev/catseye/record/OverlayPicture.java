package dev.catseye.record;

import dev.catseye.image.Box;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.Overlay;
import dev.catseye.image.PngEncoder;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.ScoreMap;
import java.util.List;

/** One frame with its mask painted over. */
final class OverlayPicture {
  private OverlayPicture() {}

  /**
   * Paints scores as a glow and regions as boxes.
   *
   * @param picture a whole picture file, decodable since its mask is DETECTED
   * @param mask has a score map
   * @return a colour PNG of the frame's size
   */
  static byte[] png(byte[] picture, Mask mask) {
    // A pixel is above the threshold t when its byte is at least ceil(255 t).
    int thresholdByte = (int) Math.ceil(255.0 * mask.summary().orElseThrow().threshold());
    List<Box> boxes =
        mask.regions().stream()
            .map(region -> region.box())
            .map(box -> new Box(box.x(), box.y(), box.width(), box.height()))
            .toList();
    return PngEncoder.encode(
        Overlay.paint(
            Decoder.decodeRgb(picture, ImageLimits.DEFAULT),
            bytes(mask.scoreMap().orElseThrow()),
            thresholdByte,
            boxes));
  }

  /** The scores with 8 bits; of 16-bit samples, which are big-endian, the upper half. */
  private static BytePlane bytes(ScoreMap map) {
    byte[] samples = map.decode();
    int step = map.bits() / 8;
    byte[] bytes = new byte[map.width() * map.height()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = samples[i * step];
    }
    return BytePlane.owning(map.width(), map.height(), bytes);
  }
}
