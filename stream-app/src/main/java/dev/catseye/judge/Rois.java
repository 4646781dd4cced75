package dev.catseye.judge;

import dev.catseye.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The region of interest of each camera. Immutable. */
public final class Rois {
  /** Every camera's whole frame. */
  static final Rois WHOLE = new Rois(Roi.WHOLE, Map.of());

  private static final String KEY = "alarm.roi";

  private final Roi others;
  private final Map<String, Roi> byCamera;

  private Rois(Roi others, Map<String, Roi> byCamera) {
    this.others = others;
    this.byCamera = Map.copyOf(byCamera);
  }

  /** Reads the settings {@code alarm.roi} and {@code alarm.roi.CAMERA}. */
  static Rois from(Settings settings) {
    Roi others =
        settings
            .text(KEY, "part of the frame in which alarms are raised; the foot of a region decides")
            .byDefault("the whole frame")
            .anyOrAbsent()
            .flatMap(text -> parse(KEY, text, settings))
            .orElse(Roi.WHOLE);
    Map<String, Roi> byCamera = new HashMap<>();
    settings
        .group(KEY + ".", Roi.FORM, "the same for the camera whose name follows")
        .forEach(
            (camera, text) ->
                parse(KEY + "." + camera, text, settings)
                    .ifPresent(roi -> byCamera.put(camera, roi)));
    return new Rois(others, byCamera);
  }

  private static Optional<Roi> parse(String key, String text, Settings settings) {
    try {
      return Optional.of(Roi.parse(text));
    } catch (IllegalArgumentException e) {
      settings.problem(key + " = " + text + ": must be " + Roi.FORM);
      return Optional.empty();
    }
  }

  /** The region of interest of one camera. */
  Roi of(String cameraId) {
    return byCamera.getOrDefault(cameraId, others);
  }
}
