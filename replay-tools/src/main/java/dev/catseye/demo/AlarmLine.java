package dev.catseye.demo;

import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.Box;
import java.util.Locale;

/** One alarm in one line for people. */
final class AlarmLine {
  private AlarmLine() {}

  static String of(Alarm alarm) {
    Box box = alarm.box();
    return String.format(
        Locale.ROOT,
        "alarm %-9s %-6s %s frame %d: %dx%d px at (%d, %d), peak %.2f, seen in %d of %d frames",
        alarm.state().name().toLowerCase(Locale.ROOT),
        alarm.severity().name().toLowerCase(Locale.ROOT),
        alarm.cameraId(),
        alarm.lastFrame().sequence(),
        box.width(),
        box.height(),
        box.x(),
        box.y(),
        alarm.peakScore(),
        alarm.evidenceCount(),
        alarm.evidenceWindow());
  }
}
