package dev.catseye.alarmlevel;

import java.util.OptionalInt;

/** One obstacle on its way through one drive. Grows frame by frame; used by one thread. */
final class Obstacle {
  private final int value;
  private final int firstFrame;
  private int lastFrame;
  private Outline outline;
  private double velocityX; // camera pixels per frame
  private double velocityY;
  private int frames;
  private int countedFrames;
  private int detectedFrames;
  private int largestPx;
  private OptionalInt alarmedIn = OptionalInt.empty();

  /**
   * @param frame number of the frame in the drive, from 0
   */
  Obstacle(int frame, Sighting sighting) {
    value = sighting.value();
    firstFrame = frame;
    lastFrame = frame;
    outline = sighting.outline();
  }

  /** Takes the obstacle's sighting in {@code frame}. */
  void see(int frame, Sighting sighting, ObstacleRule rule, boolean detected) {
    Outline here = sighting.outline();
    if (frame > lastFrame) {
      velocityX = (here.centreX() - outline.centreX()) / (frame - lastFrame);
      velocityY = (here.centreY() - outline.centreY()) / (frame - lastFrame);
    }
    outline = here;
    lastFrame = frame;
    frames++;
    largestPx = Math.max(largestPx, sighting.areaPx());
    if (sighting.areaPx() >= rule.leastPx()) {
      countedFrames++;
      detectedFrames += detected ? 1 : 0;
    }
  }

  /** Notes an alarm that meets it in {@code frame}; the first one counts. */
  void alarm(int frame) {
    if (alarmedIn.isEmpty()) {
      alarmedIn = OptionalInt.of(frame);
    }
  }

  int value() {
    return value;
  }

  /** Where it was last. */
  Outline outline() {
    return outline;
  }

  /** Where it is to be expected in {@code frame} if it goes on as it did. */
  Outline expectedIn(int frame) {
    return outline.moved(velocityX * (frame - lastFrame), velocityY * (frame - lastFrame));
  }

  int firstFrame() {
    return firstFrame;
  }

  int lastFrame() {
    return lastFrame;
  }

  /** Frames that show it. */
  int frames() {
    return frames;
  }

  /** Frames that show enough of it to count. */
  int countedFrames() {
    return countedFrames;
  }

  /** Of these, frames with a DETECTED mask. */
  int detectedFrames() {
    return detectedFrames;
  }

  int largestPx() {
    return largestPx;
  }

  /** The first frame in which an alarm met it. */
  OptionalInt alarmedIn() {
    return alarmedIn;
  }
}
