package dev.catseye.detect;

import java.time.Duration;

/** Hears what an inference lane does. Called by several threads; must be quick and not throw. */
public interface LaneListener {
  /** Hears nothing. */
  LaneListener NONE =
      new LaneListener() {
        @Override
        public void waiting(int frames) {}

        @Override
        public void ran(int frames, ClosedBy why, Duration took, boolean failed) {}
      };

  /** So many frames wait for a run now. */
  void waiting(int frames);

  /**
   * A run is over.
   *
   * @param frames frames in it
   * @param why why it began with these
   * @param took its time
   * @param failed whether it gave no answers, because the runtime failed or it was ended
   */
  void ran(int frames, ClosedBy why, Duration took, boolean failed);
}
