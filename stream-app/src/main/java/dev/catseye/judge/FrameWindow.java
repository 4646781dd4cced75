package dev.catseye.judge;

import dev.catseye.schemas.FrameId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest n judged frames of a camera, by capture time: which of the sightings in a track's bits
 * still count. A sighting before a gap in the stream, or of another boot, is no evidence of what is
 * there now.
 *
 * @param times capture times, newest first, microseconds
 * @param bits set for the frames, bit 0 the newest, that count
 */
record FrameWindow(List<Long> times, long bits) {

  /**
   * The times once {@code frame} was judged.
   *
   * @param before the frame judged before it
   * @param earlier times of the window before it
   * @param frames most frames of a window, 1 to 64
   */
  static List<Long> times(FrameId frame, Optional<FrameId> before, List<Long> earlier, int frames) {
    List<Long> times = new ArrayList<>();
    times.add(frame.captureMicros());
    if (before.filter(last -> last.bootId().equals(frame.bootId())).isPresent()) {
      times.addAll(earlier.subList(0, Math.min(earlier.size(), frames - 1)));
    }
    return times;
  }

  /**
   * The window that ends with the first of these times.
   *
   * @param span longest time between a sighting that counts and the end; a sighting from beyond the
   *     end counts by its distance, too: the clock was set back between them
   */
  static FrameWindow of(List<Long> times, Duration span) {
    long bits = 0;
    for (int i = 0; i < times.size(); i++) {
      boolean counts = Math.abs(times.get(0) - times.get(i)) <= span.toNanos() / 1000;
      bits |= counts ? 1L << i : 0;
    }
    return new FrameWindow(List.copyOf(times), bits);
  }

  /** Sightings that count. */
  int hits(Track track) {
    return Long.bitCount(track.hits() & bits);
  }
}
