package dev.catseye.judge;

import dev.catseye.schemas.FrameId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures the time between two frames of a camera: the median of its last steps of capture time,
 * so that a few lost frames do not matter. Used by one thread.
 */
final class FramePeriod {
  private static final int STEPS = 9;

  private final List<Long> stepsMicros = new ArrayList<>();

  /** Takes in the step from {@code previous} to {@code frame}, if their times are comparable. */
  void add(Optional<FrameId> previous, FrameId frame) {
    long step = frame.captureMicros() - previous.map(FrameId::captureMicros).orElse(Long.MAX_VALUE);
    if (step <= 0 || !previous.get().bootId().equals(frame.bootId())) {
      return;
    }
    addStep(step);
  }

  void addStep(long stepMicros) {
    if (stepsMicros.size() == STEPS) {
      stepsMicros.remove(0);
    }
    stepsMicros.add(stepMicros);
  }

  /** The period in microseconds; 0 before the first step. */
  long micros() {
    return stepsMicros.isEmpty()
        ? 0
        : stepsMicros.stream().sorted().skip(stepsMicros.size() / 2).findFirst().orElseThrow();
  }

  List<Long> steps() {
    return List.copyOf(stepsMicros);
  }
}
