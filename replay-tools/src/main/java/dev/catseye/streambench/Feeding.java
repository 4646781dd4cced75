package dev.catseye.streambench;

import dev.catseye.schemas.Outcome;
import dev.catseye.traffic.Beat;
import dev.catseye.traffic.Cameras;
import dev.catseye.traffic.Picture;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends frames into a way and looks at it while it works.
 *
 * @param pictures sent in turn
 * @param cameras that send
 * @param ahead frames of each camera that are on their way at any time when it is saturated
 * @param settle how long each sending runs before it counts
 */
record Feeding(List<Picture> pictures, int cameras, int ahead, Duration settle) {
  private static final int PATIENCE_S = 60;

  /** What is done once a second. */
  interface Look {
    void look() throws InterruptedException;
  }

  /**
   * The time that counted.
   *
   * @param fromMicros since 1970-01-01 UTC
   * @param toMicros likewise
   */
  record Window(long fromMicros, long toMicros) {
    double seconds() {
      return (toMicros - fromMicros) / 1e6;
    }

    /** Those answers whose frames were captured in it. */
    List<MaskTape.Answer> captured(MaskTape tape) {
      return tape.answers().stream()
          .filter(answer -> answer.capturedWithin(fromMicros, toMicros))
          .toList();
    }

    /** DETECTED frames per second whose masks became visible in it. */
    double detectedPerSecond(MaskTape tape) {
      return tape.answers().stream()
              .filter(answer -> answer.outcome() == Outcome.DETECTED)
              .filter(answer -> answer.visibleMicros() >= fromMicros)
              .filter(answer -> answer.visibleMicros() < toMicros)
              .count()
          / seconds();
    }
  }

  /** Frames per second that are DETECTED while more wait at any time; all are answered after. */
  double saturated(Way way, String boot, Duration length) throws InterruptedException {
    Saturation saturation = new Saturation(ahead * cameras);
    way.tape().onAnswer(saturation::answered);
    Window window = feed(way, boot, saturation, length, way::requireAlive);
    way.tape().onAnswer(() -> {});
    return window.detectedPerSecond(way.tape());
  }

  /**
   * Sends to a beat; all frames are answered when it returns.
   *
   * @param boot of the cameras; another one for each call
   * @param look done at the begin and then once a second
   */
  Window feed(Way way, String boot, Beat beat, Duration length, Look look)
      throws InterruptedException {
    Window window;
    try (Cameras sending = way.cameras(boot, pictures, beat)) {
      TimeUnit.MILLISECONDS.sleep(settle.toMillis());
      look.look();
      long from = nowMicros();
      long start = System.nanoTime();
      for (long second = 1; second <= length.toSeconds(); second++) {
        TimeUnit.NANOSECONDS.sleep(start + second * 1_000_000_000L - System.nanoTime());
        look.look();
      }
      window = new Window(from, nowMicros());
      sending.finish();
    }
    way.awaitAnswers(PATIENCE_S);
    return window;
  }

  /** Microseconds since 1970-01-01 UTC. */
  static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
