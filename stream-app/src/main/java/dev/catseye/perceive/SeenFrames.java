package dev.catseye.perceive;

import dev.catseye.perceive.Sighting.Verdict;
import dev.catseye.schemas.FrameId;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of one camera to tell new frames from old ones; at most 3 KB.
 *
 * @param bootId boot of the newest frame
 * @param newest highest sequence of that boot
 * @param window bit i is set when sequence {@code newest - i} was seen, i from 0 to 63
 * @param retired earlier boots, newest first, at most {@value #MAX_RETIRED}
 * @param captureMicros capture time of the newest frame
 * @param periodMicros smoothed time between two frames by the camera's clock; 0 when unknown
 * @param appendedMillis when the frame seen last was appended to its topic, for the first time if
 *     it was put back, since 1970-01-01 UTC
 */
record SeenFrames(
    String bootId,
    long newest,
    long window,
    List<String> retired,
    long captureMicros,
    long periodMicros,
    long appendedMillis) {
  static final int MAX_RETIRED = 4;
  private static final int WINDOW = Long.SIZE;
  private static final int SMOOTHING = 8; // a new step moves the period by an eighth

  SeenFrames {
    retired = List.copyOf(retired);
  }

  /** The first frame of a camera. */
  static Sighting first(FrameId frame, long appendedMillis) {
    SeenFrames after =
        new SeenFrames(
            frame.bootId(),
            frame.sequence(),
            1,
            List.of(),
            frame.captureMicros(),
            0,
            appendedMillis);
    return new Sighting(frame, Verdict.NEW, 0, false, false, after);
  }

  /**
   * Compares {@code frame}, of the same camera, with what was seen.
   *
   * @param appended when it was appended to its topic, milliseconds since 1970-01-01 UTC
   */
  Sighting sight(FrameId frame, long appended) {
    if (retired.contains(frame.bootId())) { // left over from before the camera restarted
      return old(frame, Verdict.LATE, window, appended);
    }
    if (!frame.bootId().equals(bootId)) {
      return new Sighting(frame, Verdict.NEW, 0, true, false, restarted(frame, appended));
    }
    return frame.sequence() > newest ? advanced(frame, appended) : behind(frame, appended);
  }

  /**
   * Compares {@code frame}, which was refused before and put back. It never counts as LATE: where a
   * frame that comes for the first time would, it is OVERTAKEN. Nor does it bring back a boot that
   * came before the newest frame, or the living camera's frames would be LATE from then on.
   *
   * @param appended when its first attempt was appended, milliseconds since 1970-01-01 UTC
   */
  Sighting sightAgain(FrameId frame, long appended) {
    boolean otherBoot = !frame.bootId().equals(bootId);
    if (otherBoot && (retired.contains(frame.bootId()) || appended <= appendedMillis)) {
      return new Sighting(frame, Verdict.OVERTAKEN, 0, false, false, this);
    }
    Sighting sighting = sight(frame, Math.max(appended, appendedMillis));
    return sighting.verdict() == Verdict.LATE
        ? new Sighting(frame, Verdict.OVERTAKEN, 0, false, false, sighting.after())
        : sighting;
  }

  private SeenFrames restarted(FrameId frame, long appended) {
    List<String> boots = new ArrayList<>(List.of(bootId));
    boots.addAll(retired.subList(0, Math.min(retired.size(), MAX_RETIRED - 1)));
    return new SeenFrames(
        frame.bootId(),
        frame.sequence(),
        1,
        boots,
        frame.captureMicros(),
        periodMicros, // most cameras come back with the rate that they had
        appended);
  }

  private Sighting advanced(FrameId frame, long appended) {
    long step = frame.sequence() - newest;
    long elapsed = frame.captureMicros() - captureMicros;
    boolean clockFault = elapsed <= 0;
    SeenFrames after =
        new SeenFrames(
            bootId,
            frame.sequence(),
            (step < WINDOW ? window << step : 0) | 1,
            retired,
            frame.captureMicros(),
            clockFault ? periodMicros : smoothed(Math.max(1, elapsed / step)),
            appended);
    return new Sighting(frame, Verdict.NEW, step - 1, false, clockFault, after);
  }

  private long smoothed(long periodOfStep) {
    return periodMicros == 0
        ? periodOfStep
        : periodMicros + (periodOfStep - periodMicros) / SMOOTHING;
  }

  private Sighting behind(FrameId frame, long appended) {
    long age = newest - frame.sequence();
    if (age >= WINDOW) {
      return old(frame, Verdict.LATE, window, appended);
    }
    long bit = 1L << age;
    Verdict verdict = (window & bit) == 0 ? Verdict.LATE : Verdict.DUPLICATE;
    return old(frame, verdict, window | bit, appended);
  }

  private Sighting old(FrameId frame, Verdict verdict, long windowAfter, long appended) {
    SeenFrames after =
        new SeenFrames(bootId, newest, windowAfter, retired, captureMicros, periodMicros, appended);
    return new Sighting(frame, verdict, 0, false, false, after);
  }
}
