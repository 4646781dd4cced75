package dev.catseye.judge;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Region;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * One thing followed from frame to frame; an open alarm once it is raised.
 *
 * @param alarmId name of the episode, made from its first sighting
 * @param first frame of the first sighting
 * @param firstAreaPx area at the first sighting, pixels of the camera frame
 * @param seen frame of the latest sighting
 * @param region the latest sighting
 * @param hits bit i is set when the DETECTED frame i frames ago showed it
 * @param raised whether RAISED was told
 * @param toldFrame frame of the latest RAISED or UPDATED; the first frame before any
 */
record Track(
    String alarmId,
    FrameId first,
    int firstAreaPx,
    FrameId seen,
    Region region,
    long hits,
    boolean raised,
    FrameId toldFrame) {

  /** A track that begins with one sighting. */
  static Track begin(FrameId frame, Region region) {
    return new Track(id(frame, region), frame, region.areaPx(), frame, region, 1, false, frame);
  }

  /** The same track once {@code frame} showed it again at {@code sighting}. */
  Track seenIn(FrameId frame, Region sighting, long mask) {
    long window = (hits << 1 | 1) & mask;
    return new Track(alarmId, first, firstAreaPx, frame, sighting, window, raised, toldFrame);
  }

  /** The same track once a frame did not show it. */
  Track missed(long mask) {
    return new Track(
        alarmId, first, firstAreaPx, seen, region, hits << 1 & mask, raised, toldFrame);
  }

  /** The same track once RAISED or UPDATED was told on its latest sighting. */
  Track told() {
    return new Track(alarmId, first, firstAreaPx, seen, region, hits, true, seen);
  }

  int hitCount() {
    return Long.bitCount(hits);
  }

  /** Whether {@code frame} is at least {@code span} of capture time after {@code earlier}. */
  static boolean passed(FrameId earlier, FrameId frame, Duration span) {
    if (!earlier.bootId().equals(frame.bootId())) {
      return true; // times of two boots need not be comparable
    }
    return frame.captureMicros() - earlier.captureMicros() >= span.toNanos() / 1000;
  }

  /**
   * Mean growth of the area since the first sighting, per second of capture time: 0.5 is half as
   * large again each second; empty before a second sighting. Computed so that every machine gets
   * the same bits.
   */
  OptionalDouble growthPerSecond() {
    double seconds = (seen.captureMicros() - first.captureMicros()) / 1e6;
    if (!seen.bootId().equals(first.bootId()) || seconds <= 0) {
      return OptionalDouble.empty();
    }
    double growth = StrictMath.pow((double) region.areaPx() / firstAreaPx, 1 / seconds) - 1;
    return Double.isFinite(growth) ? OptionalDouble.of(growth) : OptionalDouble.empty();
  }

  private static String id(FrameId frame, Region region) {
    String name =
        String.join(
            "\0",
            frame.cameraId(),
            frame.bootId(),
            Long.toString(frame.sequence()),
            region.box().toString());
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
