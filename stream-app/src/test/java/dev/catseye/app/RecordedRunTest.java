package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.GroundTruth;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.InlineContent;
import dev.catseye.schemas.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/**
 * An honest run in profile live in which everything happens that may: two cameras at 10 Hz whose
 * alarms rise and clear, a silence with an alarm open, and damaged, unreadable, repeated, late,
 * overdue, frozen and stale frames.
 *
 * <p>It is left in {@code stream-app/target/run.tape}, where the tests of {@code catseye verify}
 * look for it: the checker must say PASS. The copy that they change, mutation by mutation, is
 * committed; it has to be made anew when a schema changes:
 *
 * <pre>{@code
 * mvn -pl stream-app -am test -Dtest=RecordedRunTest -Dsurefire.failIfNoSpecifiedTests=false
 * cp stream-app/target/run.tape replay-tools/src/test/resources/dev/catseye/verify/
 * }</pre>
 */
class RecordedRunTest {
  private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
  private static final Path TAPE = Path.of("target/run.tape");
  private static final int STEPS = 85;
  private static final int STEP_MILLIS = 100;
  private static final int ANSWER_MILLIS = 50; // from the frame to its mask

  /** A frame that was sent; {@code newer} when a newer one of its camera waits behind it. */
  private record Waiting(RecordedRun.Sent frame, boolean newer) {}

  @Test
  void anHonestRun_isRecorded() throws Exception {
    try (RecordedRun run = new RecordedRun(START)) {
      run.pass(1000);
      for (int step = 0; step < STEPS; step++) {
        List<Waiting> waiting = new ArrayList<>();
        left(run, step, waiting);
        right(run, step, waiting);
        run.pass(ANSWER_MILLIS);
        for (Waiting next : waiting) {
          run.work(next.frame(), next.newer());
        }
        run.pass(STEP_MILLIS - ANSWER_MILLIS);
      }
      run.pass(3000);
      run.tape.write(TAPE, run.topics.frames().name(), run.topics.masks().name());
      assertThat(run.seen).contains((Object[]) Outcome.values());
      assertThat(run.seen).contains((Object[]) AlarmState.values());
      assertThat(run.seen).contains(HealthState.OK, HealthState.BLIND, HealthState.DEGRADED);
    }
  }

  /** A thing on the road, a silence of 2.5 s before it, the thing again, the empty road. */
  private static void left(RecordedRun run, int step, List<Waiting> waiting) throws Exception {
    if (step >= 25 && step < 50) {
      return;
    }
    int size = step >= 8 && step < 58 ? 6 + step / 8 : 0;
    Frame frame = frame("left", step, run.nowMicros(), picture(step, size));
    waiting.add(new Waiting(run.send(frame), false));
    if (step == 0) {
      Bytes label = Bytes.of("no picture: nobody looks at it".getBytes(StandardCharsets.UTF_8));
      run.write(
          run.topics.groundTruth(),
          "left",
          new GroundTruth(
              frame.id(), frame.driveId(), label, List.of(1), List.of(0), List.of(), "road"));
    }
  }

  /** A thing that comes and goes, then one oddity after the other. */
  private static void right(RecordedRun run, int step, List<Waiting> waiting) throws Exception {
    long now = run.nowMicros();
    Frame frame = frame("right", step, now, picture(step, step >= 5 && step < 20 ? 8 : 0));
    switch (step) {
      case 33 -> {
        byte[] damaged = Frames.write(frame);
        damaged[damaged.length / 2] ^= 1;
        waiting.add(new Waiting(run.send(frame, damaged), false));
      }
      case 36 ->
          waiting.add(
              new Waiting(
                  run.send(
                      "right",
                      "no record at all".getBytes(StandardCharsets.UTF_8),
                      new RecordHeaders()),
                  false));
      case 40 -> {
        waiting.add(new Waiting(run.send(frame), false));
        waiting.add(new Waiting(run.send(frame), false));
      }
      case 42 -> {} // comes after the next one
      case 43 -> {
        waiting.add(new Waiting(run.send(frame), false));
        waiting.add(
            new Waiting(run.send(frame("right", 42, now - 100_000, picture(42, 0))), false));
      }
      case 47 ->
          waiting.add(
              new Waiting(
                  run.send(frame("right", step, now - 3_000_000, picture(step, 0))), false));
      case 52 ->
          waiting.add(new Waiting(run.send(frame("right", step, now, picture(51, 0))), false));
      case 56 -> {
        Frame stale = frame("right", step, now - 600_000, picture(step, 0));
        waiting.add(new Waiting(run.send(stale), true));
        waiting.add(new Waiting(run.send(frame("right", 57, now, picture(57, 0))), false));
      }
      case 57 -> {}
      default -> waiting.add(new Waiting(run.send(frame), false));
    }
  }

  private static Frame frame(String camera, int sequence, long capturedMicros, Bytes picture) {
    return Frame.sealed(
        new FrameId(camera, "boot-1", sequence, capturedMicros),
        ClockDomain.UTC,
        RecordedRun.WIDTH,
        RecordedRun.HEIGHT,
        Encoding.RGB8,
        new InlineContent(picture),
        "drive-1",
        Optional.empty(),
        OptionalDouble.empty());
  }

  /**
   * RGB bytes of a red, striped road.
   *
   * @param index moves the stripes, so that no two pictures that follow one another are alike
   * @param size height of the grey thing on it, pixels; 0 for none
   */
  private static Bytes picture(int index, int size) {
    byte[] rgb = new byte[3 * RecordedRun.WIDTH * RecordedRun.HEIGHT];
    for (int i = 0; i < rgb.length; i += 3) {
      int x = i / 3 % RecordedRun.WIDTH;
      int y = i / 3 / RecordedRun.WIDTH;
      boolean thing = Math.abs(x - 32) <= size && Math.abs(y - 16) <= size / 2 && size > 0;
      rgb[i] = (byte) (thing ? 128 : (x + index) / 8 % 2 == 0 ? 255 : 205);
      rgb[i + 1] = (byte) (thing ? 128 : 0);
      rgb[i + 2] = (byte) (thing ? 128 : 0);
    }
    return Bytes.wrap(rgb);
  }
}
