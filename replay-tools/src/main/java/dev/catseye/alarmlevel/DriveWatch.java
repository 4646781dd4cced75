package dev.catseye.alarmlevel;

import dev.catseye.evaluate.GroundTruths;
import dev.catseye.evaluate.LabelMeaning;
import dev.catseye.image.BytePlane;
import dev.catseye.schemas.Box;
import dev.catseye.schemas.FrameId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through the labelled frames of one drive in their order. Used by one thread. */
final class DriveWatch {
  /**
   * Share of an alarm's box that lies in the bounds of an obstacle when it means that obstacle.
   * Ours, on boxes because alarms carry no pixels; the quarter is the least precision at which
   * SegmentMeIfYouCan counts a predicted component. Source: facts/datasets.md 2.4, 6 and 7.
   */
  private static final double LEAST_SHARE = 0.25;

  private final ObstacleRule rule;
  private final ObstacleTracker tracker = new ObstacleTracker();
  private final List<FrameId> frames = new ArrayList<>();
  private int detectedFrames;
  private int withoutTruth;
  private int lastWithTruth;

  DriveWatch(ObstacleRule rule) {
    this.rule = rule;
  }

  /**
   * Takes the next labelled frame.
   *
   * @param detected whether it has a DETECTED mask
   * @param steps alarms that show a box in it
   */
  void add(FrameId id, GroundTruths.Labels labels, boolean detected, List<AlarmSteps.Step> steps) {
    int frame = frames.size();
    frames.add(id);
    detectedFrames += detected ? 1 : 0;
    if (isVoid(labels)) {
      withoutTruth++;
      return;
    }
    lastWithTruth = frame;
    List<Sighting> sightings = Sightings.of(labels.plane(), labels.meaning());
    List<Obstacle> shown = tracker.follow(frame, sightings);
    for (int i = 0; i < shown.size(); i++) {
      shown.get(i).see(frame, sightings.get(i), rule, detected);
    }
    for (AlarmSteps.Step step : steps) {
      Outline box = Outline.of(step.box());
      List<Obstacle> met =
          shown.stream()
              .filter(each -> each.outline().common(box) >= LEAST_SHARE * box.area())
              .toList();
      met.forEach(obstacle -> obstacle.alarm(frame));
      step.episode().judge(!met.isEmpty(), mostlyVoid(labels, step.box()));
    }
  }

  private static boolean isVoid(GroundTruths.Labels labels) {
    int[] pixels = labels.plane().histogram();
    for (int value = 0; value < pixels.length; value++) {
      if (pixels[value] > 0 && labels.meaning().of(value) != LabelMeaning.Kind.VOID) {
        return false;
      }
    }
    return true;
  }

  private static boolean mostlyVoid(GroundTruths.Labels labels, Box box) {
    BytePlane plane = labels.plane();
    int right = Math.min(plane.width(), box.x() + box.width());
    int bottom = Math.min(plane.height(), box.y() + box.height());
    int voids = 0;
    int pixels = 0;
    for (int y = box.y(); y < bottom; y++) {
      for (int x = box.x(); x < right; x++) {
        pixels++;
        voids += labels.meaning().of(plane.at(x, y)) == LabelMeaning.Kind.VOID ? 1 : 0;
      }
    }
    return 2 * voids > pixels;
  }

  /** All frames taken. {@code episodes}: those that begin in this drive. */
  DriveResult end(String camera, String boot, List<Episode> episodes) {
    List<Episode> wrong =
        episodes.stream().filter(each -> each.kind() == Episode.Kind.FALSE).toList();
    return new DriveResult(
        camera,
        boot,
        frames.size(),
        detectedFrames,
        withoutTruth,
        Math.max(0, micros(0, frames.size() - 1)),
        tracker.obstacles().stream().map(this::result).toList(),
        wrong.size(),
        (int) wrong.stream().filter(Episode::inVoid).count(),
        (int) episodes.stream().filter(each -> each.kind() == Episode.Kind.UNKNOWN).count());
  }

  private ObstacleResult result(Obstacle obstacle) {
    int last = obstacle.lastFrame();
    Optional<Warning> warning =
        obstacle.alarmedIn().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Warning(
                    last - obstacle.alarmedIn().getAsInt(),
                    micros(obstacle.alarmedIn().getAsInt(), last)));
    return new ObstacleResult(
        obstacle.value(),
        frames.get(obstacle.firstFrame()).sequence(),
        frames.get(last).sequence(),
        obstacle.frames(),
        obstacle.countedFrames(),
        obstacle.detectedFrames(),
        obstacle.largestPx(),
        obstacle.countedFrames() >= rule.leastFrames(),
        last < lastWithTruth,
        warning);
  }

  private long micros(int from, int to) {
    return frames.get(to).captureMicros() - frames.get(from).captureMicros();
  }
}
