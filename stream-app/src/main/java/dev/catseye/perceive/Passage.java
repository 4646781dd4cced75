package dev.catseye.perceive;

import dev.catseye.image.Luma;
import dev.catseye.image.RgbPlane;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import java.util.Optional;

/** A frame on its way through perceive: ready for the next stage, or settled early. */
sealed interface Passage {
  Arrival arrival();

  /**
   * Readable, of the right camera and new.
   *
   * @param sighting how it follows the frames of its camera before
   * @param admitMicros time spent so far, microseconds
   */
  record Admitted(Arrival arrival, Frame frame, Sighting sighting, long admitMicros)
      implements Passage {}

  /**
   * Pixels at hand.
   *
   * @param luma brightness of the picture
   * @param decodeMicros time spent in decoding, microseconds
   */
  record Decoded(Admitted admitted, RgbPlane picture, Luma luma, long decodeMicros)
      implements Passage {
    @Override
    public Arrival arrival() {
      return admitted.arrival();
    }
  }

  /**
   * The outcome is known.
   *
   * @param mask what goes to topic masks
   * @param stage stage that decided, for dead letters
   * @param seen present when the frame counts as seen from now on
   */
  record Settled(Arrival arrival, Mask mask, Stage stage, Optional<Sighting> seen)
      implements Passage {
    boolean isRejected() {
      return mask.outcome() == Outcome.REJECTED;
    }
  }

  /** Stages that settle a frame. */
  enum Stage {
    ADMIT,
    DECODE,
    DETECT
  }
}
