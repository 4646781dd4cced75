package dev.catseye.perceive;

import dev.catseye.schemas.FrameId;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of one camera to tell new frames from old ones.
 *
 * @param bootId boot of the newest frame
 * @param newest highest sequence of that boot
 * @param window bit i is set when sequence {@code newest - i} was seen, i from 0 to 63
 * @param retired earlier boots, newest first, at most {@value #MAX_RETIRED}
 */
record SeenFrames(String bootId, long newest, long window, List<String> retired) {
  static final int MAX_RETIRED = 4;
  private static final int WINDOW = Long.SIZE;

  /** What a frame is, compared with those seen before. */
  enum Verdict {
    NEW,
    DUPLICATE,
    LATE
  }

  SeenFrames {
    retired = List.copyOf(retired);
  }

  /** The memory of a camera whose first frame is {@code frame}. */
  static SeenFrames first(FrameId frame) {
    return new SeenFrames(frame.bootId(), frame.sequence(), 1, List.of());
  }

  /** Compares {@code frame}, of the same camera, with what was seen. */
  Verdict verdict(FrameId frame) {
    if (retired.contains(frame.bootId())) {
      return Verdict.LATE; // left over from before the camera restarted
    }
    if (!frame.bootId().equals(bootId) || frame.sequence() > newest) {
      return Verdict.NEW;
    }
    long age = newest - frame.sequence();
    return age < WINDOW && (window >>> age & 1) == 1 ? Verdict.DUPLICATE : Verdict.LATE;
  }

  /** The memory once {@code frame} was seen as well. */
  SeenFrames with(FrameId frame) {
    if (retired.contains(frame.bootId())) {
      return this;
    }
    if (!frame.bootId().equals(bootId)) {
      List<String> boots = new ArrayList<>(List.of(bootId));
      boots.addAll(retired.subList(0, Math.min(retired.size(), MAX_RETIRED - 1)));
      return new SeenFrames(frame.bootId(), frame.sequence(), 1, boots);
    }
    long step = frame.sequence() - newest;
    if (step > 0) {
      long moved = step < WINDOW ? window << step : 0;
      return new SeenFrames(bootId, frame.sequence(), moved | 1, retired);
    }
    long bit = -step < WINDOW ? 1L << -step : 0;
    return new SeenFrames(bootId, newest, window | bit, retired);
  }
}
