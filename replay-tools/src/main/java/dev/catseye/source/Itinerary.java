package dev.catseye.source;

import static java.util.Objects.requireNonNull;

import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.FrameId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lines drives up for one camera. The same drives and options give the same frames, so a second run
 * sends duplicates unless it is another {@code pass}.
 *
 * @param cameraId camera that all frames come from
 * @param driveId drive that all frames belong to; empty: each drive's own name
 * @param pass added to every boot id, so that the same pictures count as new frames; empty for none
 * @param gap between the last frame of one drive and the first of the next, above zero
 */
public record Itinerary(String cameraId, Optional<String> driveId, String pass, Duration gap) {
  public Itinerary {
    requireNonNull(cameraId, "cameraId");
    requireNonNull(driveId, "driveId");
    requireNonNull(pass, "pass");
    requireNonNull(gap, "gap");
  }

  /**
   * All frames in the order of sending. Each drive is one boot whose sequence counts 0, 1, 2. Times
   * that start anew with each drive are laid end to end, so that a camera's clock never runs
   * backward; UTC times stay as they are.
   */
  public List<PlannedFrame> frames(List<Drive> drives, CaptureTimes times) {
    List<PlannedFrame> frames = new ArrayList<>();
    long startMicros = 0;
    for (Drive drive : drives) {
      long[] taken = times.of(drive);
      for (int i = 0; i < taken.length; i++) {
        long offsetMicros = startMicros + taken[i] - taken[0];
        long captureMicros = times.clock() == ClockDomain.UTC ? taken[i] : offsetMicros;
        FrameId id = new FrameId(cameraId, bootId(drive), i, captureMicros);
        Picture picture = drive.pictures().get(i);
        frames.add(
            new PlannedFrame(id, times.clock(), driveId.orElse(drive.id()), offsetMicros, picture));
      }
      startMicros += taken[taken.length - 1] - taken[0] + gap.toNanos() / 1000;
    }
    return frames;
  }

  private String bootId(Drive drive) {
    return pass.isEmpty() ? drive.id() : drive.id() + "." + pass;
  }
}
