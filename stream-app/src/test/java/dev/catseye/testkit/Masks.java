package dev.catseye.testkit;

import dev.catseye.schemas.Box;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.MapEncoding;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.StageMicros;
import dev.catseye.schemas.Summary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Masks for tests. */
public final class Masks {
  public static final int WIDTH = 1024;
  public static final int HEIGHT = 512;
  public static final float THRESHOLD = 0.5f;

  private static final ScoreMap MAP =
      ScoreMap.encode(new byte[8], 4, 2, 8, MapEncoding.RAW, 256, 256);

  private Masks() {}

  /** A region on the road whose box is full. */
  public static Region region(int x, int y, int width, int height, double peak) {
    return region(x, y, width, height, peak, OptionalDouble.of(1));
  }

  /** A region whose box is full. */
  public static Region region(
      int x, int y, int width, int height, double peak, OptionalDouble drivable) {
    return new Region(new Box(x, y, width, height), width * height, (float) peak, drivable);
  }

  /** A DETECTED mask with these regions. */
  public static Mask detected(FrameId frame, Region... regions) {
    return mask(frame, Outcome.DETECTED, Reason.NONE, List.of(regions), false);
  }

  /** A DETECTED mask of the very bytes of another frame's picture. */
  public static Mask repeated(FrameId frame, FrameId picture) {
    return mask(frame, Outcome.DETECTED, Reason.NONE, List.of(), false, payload(picture), 100, 50);
  }

  /** A DETECTED mask of a picture of this mean and spread of luma. */
  public static Mask lit(FrameId frame, double mean, double spread) {
    return mask(
        frame, Outcome.DETECTED, Reason.NONE, List.of(), false, payload(frame), mean, spread);
  }

  /** A DETECTED mask that came late. */
  public static Mask overdue(FrameId frame) {
    return mask(frame, Outcome.DETECTED, Reason.NONE, List.of(), true);
  }

  /** A mask without scores. */
  public static Mask without(FrameId frame, Outcome outcome) {
    Reason reason = outcome == Outcome.REJECTED ? Reason.DECODE : Reason.NONE;
    return mask(frame, outcome, reason, List.of(), false);
  }

  private static Mask mask(
      FrameId frame, Outcome outcome, Reason reason, List<Region> regions, boolean overdue) {
    return mask(frame, outcome, reason, regions, overdue, payload(frame), 100, 50);
  }

  /** Every frame has a picture of its own. */
  private static long payload(FrameId frame) {
    return Integer.toUnsignedLong((frame.bootId() + frame.sequence()).hashCode());
  }

  private static Mask mask(
      FrameId frame,
      Outcome outcome,
      Reason reason,
      List<Region> regions,
      boolean overdue,
      long payload,
      double mean,
      double spread) {
    boolean detected = outcome == Outcome.DETECTED;
    return new Mask(
        Optional.of(frame),
        OptionalInt.of(WIDTH),
        OptionalInt.of(HEIGHT),
        "drive-1",
        new Origin("frames", 0, frame.sequence()),
        frame.cameraId(),
        outcome,
        reason,
        "",
        overdue,
        "CPU",
        "entropy",
        "ab".repeat(32),
        detected ? Optional.of(MAP) : Optional.empty(),
        regions,
        OptionalDouble.of(mean),
        OptionalDouble.of(spread),
        OptionalLong.of(payload),
        detected ? Optional.of(new Summary(1, 0.1f, 0.1f, THRESHOLD)) : Optional.empty(),
        new StageMicros(1, 2, 3, 4, 5, 6),
        frame.captureMicros() + 50_000,
        "test-1");
  }
}
