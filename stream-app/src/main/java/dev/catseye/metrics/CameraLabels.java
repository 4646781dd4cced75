package dev.catseye.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the label {@code camera} a small closed set, whatever names arrive on a topic: the first
 * hundred cameras have their own series, all others share one. Safe for several threads.
 */
final class CameraLabels {
  static final int MOST_CAMERAS = 100;
  static final String OTHERS = "(others)";

  private final Set<String> cameras = ConcurrentHashMap.newKeySet();

  String of(String cameraId) {
    if (cameras.contains(cameraId)) {
      return cameraId;
    }
    synchronized (cameras) {
      if (cameras.size() < MOST_CAMERAS) {
        cameras.add(cameraId);
      }
    }
    return cameras.contains(cameraId) ? cameraId : OTHERS;
  }
}
