package dev.catseye.perceive;

import dev.catseye.schemas.FrameId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a frame is, compared with the frames of its camera that were seen before.
 *
 * @param frame the frame
 * @param verdict whether it is new
 * @param missing frames of its boot between the newest one seen and this one; 0 unless it is new
 * @param restarted whether it is the first one seen of a new boot, after another boot
 * @param clockFault whether it was captured no later than its predecessor, by the same clock
 * @param after the memory once the frame counts as seen
 */
record Sighting(
    FrameId frame,
    Verdict verdict,
    long missing,
    boolean restarted,
    boolean clockFault,
    SeenFrames after) {

  /** Whether a frame is new. */
  enum Verdict {
    NEW,
    DUPLICATE,
    LATE,
    /** Refused before, put back, and behind newer frames that had their outcomes meanwhile. */
    OVERTAKEN
  }

  /**
   * Whether it stands behind newer frames that had their outcomes, and is worked on all the same.
   */
  boolean isOvertaken() {
    return verdict == Verdict.OVERTAKEN;
  }

  /** What is unusual about the frame, in words; empty when nothing is. */
  String remarks() {
    List<String> remarks = new ArrayList<>();
    if (isOvertaken()) {
      remarks.add("put back after newer frames of its camera had their outcomes");
    }
    if (restarted) {
      remarks.add("the camera restarted");
    }
    if (missing > 0) {
      remarks.add(missing + (missing == 1 ? " frame" : " frames") + " missing before it");
    }
    if (clockFault) {
      remarks.add("the camera's clock did not advance");
    }
    return String.join("; ", remarks);
  }
}
