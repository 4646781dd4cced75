package dev.catseye.judge;

import dev.catseye.config.Settings;
import dev.catseye.schemas.Mask;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which pictures show nothing. Such a picture raises and clears no alarm, and a camera that sends
 * nothing else is blind. Follows from masks alone, so that a replay judges alike. Immutable.
 *
 * @param frozenMatters whether a picture of the very bytes of the one before shows nothing
 * @param minBrightness least mean luma of a picture that shows something, 0 to 255
 * @param minContrast least standard deviation of its luma, 0 to 255
 */
public record SightConfig(boolean frozenMatters, float minBrightness, float minContrast) {

  /** Reads the settings {@code sight.*}. */
  public static SightConfig from(Settings settings) {
    return new SightConfig(
        settings
            .flag("sight.frozen-matters", true, "a picture equal to the one before shows nothing")
            .any(),
        settings
            .real("sight.min-brightness", 4f, "least mean luma of a picture that shows something")
            .between(0f, 255f),
        settings
            .real("sight.min-contrast", 3f, "least standard deviation of its luma")
            .between(0f, 255f));
  }

  /**
   * Judges a DETECTED mask.
   *
   * @param last the newest fresh frame before it; empty for the first
   */
  Sight of(Mask mask, Optional<Evidence> last) {
    if (mask.pictureMean().orElse(minBrightness) < minBrightness
        || mask.pictureSpread().orElse(minContrast) < minContrast) {
      return Sight.DARK;
    }
    OptionalLong payload = mask.payloadChecksum();
    boolean repeats =
        payload.isPresent()
            && last.map(Evidence::payloadChecksum).filter(payload::equals).isPresent();
    return repeats && frozenMatters ? Sight.FROZEN : Sight.FRESH;
  }
}
