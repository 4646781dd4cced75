package dev.catseye.verify;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The name of an alarm episode: made of its first frame and the box in it, as Alarm.avsc says. */
final class EpisodeName {
  private EpisodeName() {}

  static String of(Identity frame, SeenMask.Region region) {
    String name =
        String.join(
            "\0",
            frame.camera(),
            frame.boot(),
            Long.toString(frame.sequence()),
            Long.toString(region.x()),
            Long.toString(region.y()),
            Long.toString(region.width()),
            Long.toString(region.height()));
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
