package dev.catseye.judge;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * One thing followed from frame to frame; an open alarm once it is raised.
 *
 * @param alarmId name of the episode, made from its first sighting
 * @param first frame of the first sighting
 * @param seen frame of the latest sighting
 * @param region the latest sighting
 * @param motion over the picture
 * @param expansion of its area
 * @param hits bit i is set when the judged frame i frames ago showed it
 * @param told the latest RAISED or UPDATED; empty before RAISED
 */
record Track(
    String alarmId,
    FrameId first,
    FrameId seen,
    Region region,
    Motion motion,
    Expansion expansion,
    long hits,
    Optional<Told> told) {

  /** Which frame was told of last, and how severe it was then. */
  record Told(FrameId frame, Severity severity) {}

  /** A track that begins with one sighting. */
  static Track begin(FrameId frame, Region region) {
    return new Track(
        id(frame, region),
        frame,
        frame,
        region,
        Motion.NONE,
        Expansion.begin(region.areaPx()),
        1,
        Optional.empty());
  }

  /** The same track once {@code frame} showed it again at {@code sighting}. */
  Track seenIn(FrameId frame, Region sighting, long window) {
    boolean comparable = seen.bootId().equals(frame.bootId());
    double seconds = secondsSince(seen, frame);
    return new Track(
        alarmId,
        first,
        frame,
        sighting,
        comparable ? motion.after(region.box(), sighting.box(), seconds) : Motion.NONE,
        comparable
            ? expansion.after(sighting.areaPx(), seconds)
            : Expansion.begin(sighting.areaPx()),
        (hits << 1 | 1) & window,
        told);
  }

  /** The same track once a frame did not show it. */
  Track missed(long window) {
    return new Track(alarmId, first, seen, region, motion, expansion, hits << 1 & window, told);
  }

  /** The same track once RAISED or UPDATED was told on its latest sighting. */
  Track told(Severity severity) {
    return new Track(
        alarmId,
        first,
        seen,
        region,
        motion,
        expansion,
        hits,
        Optional.of(new Told(seen, severity)));
  }

  /** Whether the newest judged frame showed it. */
  boolean isInNewest() {
    return (hits & 1) == 1;
  }

  boolean raised() {
    return told.isPresent();
  }

  /** Where it is to be expected in {@code frame}; where it was, when times cannot be compared. */
  Bounds expectedIn(FrameId frame) {
    return seen.bootId().equals(frame.bootId())
        ? motion.expected(
            region.box(), expansion.growthPerSecond().orElse(0), secondsSince(seen, frame))
        : Bounds.of(region.box());
  }

  /** Whether {@code frame} is at least {@code span} of capture time after {@code earlier}. */
  static boolean passed(FrameId earlier, FrameId frame, Duration span) {
    if (!earlier.bootId().equals(frame.bootId())) {
      return true; // times of two boots need not be comparable
    }
    return frame.captureMicros() - earlier.captureMicros() >= span.toNanos() / 1000;
  }

  private static double secondsSince(FrameId earlier, FrameId frame) {
    return (frame.captureMicros() - earlier.captureMicros()) / 1e6;
  }

  /** As {@code Alarm.avsc} says, so that a checker finds the same name. */
  private static String id(FrameId frame, Region region) {
    String name =
        String.join(
            "\0",
            frame.cameraId(),
            frame.bootId(),
            Long.toString(frame.sequence()),
            Integer.toString(region.box().x()),
            Integer.toString(region.box().y()),
            Integer.toString(region.box().width()),
            Integer.toString(region.box().height()));
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
