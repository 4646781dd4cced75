package dev.catseye.detect;

import dev.catseye.image.BytePlane;
import dev.catseye.image.ErrorCode;
import dev.catseye.image.RgbPlane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A detector of a test's own: answers a frame with its mark, fails runs that hold a poisoned mark,
 * and takes as long as the test wants.
 */
final class StubDetector implements BatchDetector {
  private static final int SECONDS = 20; // no run of a test takes longer

  private final List<List<Integer>> runs = new CopyOnWriteArrayList<>();
  private final Semaphore begun = new Semaphore(0);
  private volatile Set<Integer> poison = Set.of();
  private volatile Set<Integer> notFinite = Set.of();
  private volatile Set<Integer> endless = Set.of();
  private volatile Optional<Semaphore> gate = Optional.empty();
  private volatile boolean deaf;
  private final AtomicInteger unheard = new AtomicInteger(); // words to end that are lost
  private volatile boolean takesBatches = true;
  private volatile Semaphore told = new Semaphore(0);

  /** A frame of width x 1 that carries a mark, 0 to 255, in its first pixel. */
  static RgbPlane frame(int mark, int width) {
    byte[] pixels = new byte[3 * width];
    pixels[0] = (byte) mark;
    return RgbPlane.owning(width, 1, pixels);
  }

  /** The mark that a frame was answered with. */
  static int mark(Detection detection) {
    return detection.anomaly().get("plan").at(0, 0);
  }

  StubDetector withPoison(Integer... marks) {
    poison = Set.of(marks);
    return this;
  }

  StubDetector withNotFinite(Integer... marks) {
    notFinite = Set.of(marks);
    return this;
  }

  /** Runs with such a frame end only when they are told to. */
  StubDetector withEndless(Integer... marks) {
    endless = Set.of(marks);
    return this;
  }

  /** The first word to end comes while a run is still being prepared, and is not heard. */
  StubDetector hardOfHearing() {
    unheard.set(1);
    return this;
  }

  /** An endless run does not even end when it is told to. */
  StubDetector deaf() {
    deaf = true;
    return this;
  }

  StubDetector oneByOne() {
    takesBatches = false;
    return this;
  }

  /** Each run from now on waits for a permit of this gate. */
  Semaphore gate() {
    Semaphore semaphore = new Semaphore(0);
    gate = Optional.of(semaphore);
    return semaphore;
  }

  /** The marks of each run that was begun, in order. */
  List<List<Integer>> runs() {
    return runs;
  }

  /** Waits until one more run has begun. */
  void awaitRun() throws InterruptedException {
    if (!begun.tryAcquire(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("no run begins; so far " + runs);
    }
  }

  @Override
  public boolean takesBatches() {
    return takesBatches;
  }

  @Override
  public Answers run(List<RgbPlane> frames) {
    if (frames.stream().map(RgbPlane::width).distinct().count() != 1) {
      throw new AssertionError("frames of several sizes in one run: " + frames);
    }
    List<Integer> marks = frames.stream().map(frame -> frame.red(0, 0)).toList();
    told = new Semaphore(0);
    runs.add(marks);
    begun.release();
    gate.ifPresent(StubDetector::pass);
    if (marks.stream().anyMatch(endless::contains)) {
      pass(deaf ? new Semaphore(0) : told);
      throw failure("told to end");
    }
    if (marks.stream().anyMatch(poison::contains)) {
      throw failure("poison in " + marks);
    }
    return index -> {
      if (notFinite.contains(marks.get(index))) {
        throw new InferenceException(ErrorCode.NON_FINITE, "NaN in " + marks.get(index), null);
      }
      BytePlane map = BytePlane.copyOf(1, 1, new byte[] {marks.get(index).byteValue()});
      return new Detection(Map.of("plan", map), Optional.empty(), Map.of(), 1);
    };
  }

  private static InferenceException failure(String why) {
    return new InferenceException(ErrorCode.INFERENCE, why, null);
  }

  private static void pass(Semaphore semaphore) {
    try {
      if (!semaphore.tryAcquire(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("a run was not let go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void terminate() {
    if (unheard.getAndDecrement() <= 0) {
      told.release();
    }
  }
}
