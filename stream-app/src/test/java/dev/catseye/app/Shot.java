package dev.catseye.app;

/**
 * One event of a drive of two cameras.
 *
 * @param camera 0 or 1
 * @param mishap what befalls its frame
 * @param turn 0 and 1: the first or second thing comes into sight or goes; else nothing changes
 * @param amount how far back, how large, how long: what it means depends on the mishap; 0 to 90
 */
record Shot(int camera, Mishap mishap, int turn, int amount) {
  /** What cameras and wires do to frames. */
  enum Mishap {
    NONE,
    /** Frames before it are missing, at times more than are remembered. */
    GAP,
    /** The camera restarts. */
    RESTART,
    /** A frame from before the restart comes late. */
    LEFT_OVER,
    /** No new frame: one of the last records comes again. */
    AGAIN,
    /** It comes before the record that was sent before it. */
    SWAPPED,
    /** A bit flips on the way. */
    DAMAGED,
    /** The clock of the camera steps back. */
    CLOCK_BACK,
    /** The payload is no picture. */
    NO_PICTURE,
    /** Inference fails on the picture. */
    UNSCORABLE,
    DARK,
    /** The very picture before. */
    FROZEN
  }
}
