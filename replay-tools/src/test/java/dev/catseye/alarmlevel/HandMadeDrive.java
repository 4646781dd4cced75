package dev.catseye.alarmlevel;

import dev.catseye.evaluate.GroundTruths;
import dev.catseye.image.BytePlane;
import dev.catseye.image.PngEncoder;
import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.Box;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.GroundTruth;
import dev.catseye.schemas.MapEncoding;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.Severity;
import dev.catseye.schemas.StageMicros;
import dev.catseye.schemas.Summary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A drive drawn by hand: frames of 200x100, 100 ms apart. Rows 0 to 19 are void (value 0), the rest
 * is road (value 1), and what is painted on it has the value that the test gives it.
 */
final class HandMadeDrive {
  static final int WIDTH = 200;
  static final int HEIGHT = 100;
  static final float THRESHOLD = 0.5f;

  private static final int HORIZON = 20;
  private static final int PERIOD_MICROS = 100_000;

  private final String boot;
  private final GroundTruths truths;
  private final DetectedFrames detected;
  private final AlarmSteps steps;
  private int frames;
  private long counter;

  /** A rectangle of one label value. */
  record Thing(int value, int x, int y, int width, int height) {}

  HandMadeDrive(String boot, GroundTruths truths, DetectedFrames detected, AlarmSteps steps) {
    this.boot = boot;
    this.truths = truths;
    this.detected = detected;
    this.steps = steps;
  }

  /** A labelled frame with a DETECTED mask. */
  HandMadeDrive frame(Thing... things) {
    detected.add(mask(id(frames)));
    return frameWithoutMask(things);
  }

  HandMadeDrive frames(int count, Thing... things) {
    for (int i = 0; i < count; i++) {
      frame(things);
    }
    return this;
  }

  HandMadeDrive frameWithoutMask(Thing... things) {
    byte[] labels = new byte[WIDTH * HEIGHT];
    for (int i = HORIZON * WIDTH; i < labels.length; i++) {
      labels[i] = 1;
    }
    for (Thing thing : things) {
      for (int y = thing.y(); y < thing.y() + thing.height(); y++) {
        for (int x = thing.x(); x < thing.x() + thing.width(); x++) {
          labels[y * WIDTH + x] = (byte) thing.value();
        }
      }
    }
    return labelled(labels);
  }

  /** A labelled frame all of whose pixels are void. */
  HandMadeDrive voidFrame() {
    return labelled(new byte[WIDTH * HEIGHT]);
  }

  private HandMadeDrive labelled(byte[] labels) {
    byte[] png = PngEncoder.encode(BytePlane.owning(WIDTH, HEIGHT, labels));
    truths.add(
        new GroundTruth(
            id(frames++),
            boot,
            Bytes.wrap(png),
            List.of(2, 9, 10),
            List.of(1),
            List.of(0),
            "obstacle"));
    return this;
  }

  HandMadeDrive alarm(String episode, AlarmState state, int frame, Box box) {
    steps.add(record(episode, state, id(frame), box, ++counter));
    return this;
  }

  private FrameId id(int frame) {
    return new FrameId("front", boot, frame, (long) frame * PERIOD_MICROS);
  }

  private static Alarm record(String episode, AlarmState state, FrameId id, Box box, long counter) {
    return new Alarm(
        episode,
        "front",
        state,
        id,
        id,
        new Origin("frames", 0, id.sequence()),
        box,
        1,
        0.9f,
        4,
        5,
        OptionalDouble.empty(),
        Severity.HIGH,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        "entropy",
        "",
        id.bootId(),
        counter,
        0,
        "test");
  }

  private static Mask mask(FrameId id) {
    ScoreMap map = ScoreMap.encode(new byte[8], 4, 2, 8, MapEncoding.RAW, 50, 50);
    return new Mask(
        Optional.of(id),
        OptionalInt.of(WIDTH),
        OptionalInt.of(HEIGHT),
        id.bootId(),
        new Origin("frames", 0, id.sequence()),
        "front",
        Outcome.DETECTED,
        Reason.NONE,
        "",
        false,
        "CPU",
        "entropy",
        "",
        Optional.of(map),
        List.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        Optional.of(new Summary(1, 0, 0, THRESHOLD)),
        new StageMicros(0, 0, 0, 0, 0, 0),
        0,
        "test");
  }
}
