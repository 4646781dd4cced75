package dev.catseye.detect;

import dev.catseye.image.ErrorCode;
import dev.catseye.image.RgbPlane;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where frames of several threads meet to be run together. A thread hands in its frame and waits
 * for the answer, so a lane never has more frames than there are threads; {@link Gathering} says
 * which of them make a batch. Frames of one size are run in the order in which they came.
 *
 * <p>When a batch fails, or takes longer than a run may and is ended, each of its frames is run
 * again by itself: only the frame at fault fails. A run that cannot be ended makes the lane refuse
 * everything from then on.
 *
 * <p>Owns two threads: one gathers and computes, one watches the clock. Thread-safe.
 */
public final class InferenceLane implements AnomalyDetector, AutoCloseable {
  private static final Duration LONGEST_PATIENCE = Duration.ofHours(1);

  private final BatchDetector detector; // borrowed
  private final LaneListener listener;
  private final BoundedRuns runs;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Gathering gathering; // guarded by lock, as what follows
  private final Deque<Errand<?>> errands = new ArrayDeque<>();
  private Consumer<Throwable> failRunning = why -> {};
  private boolean lost;
  private boolean closed;
  private final long startNanos = System.nanoTime();
  private final Thread thread = new Thread(this::serve, "inference-lane");

  private InferenceLane(
      BatchDetector detector, LaneConfig config, LaneListener listener, Duration grace) {
    this.detector = detector;
    this.listener = listener;
    this.runs = new BoundedRuns(detector, config.maxRun(), grace, this::lose, System::nanoTime);
    this.gathering =
        new Gathering(
            detector.takesBatches()
                ? config
                : new LaneConfig(1, config.maxWait(), config.maxRun()));
  }

  /** Something else to compute in its turn. */
  private record Errand<T>(Supplier<T> work, CompletableFuture<T> result) {}

  /**
   * Starts a lane.
   *
   * @param detector borrowed; where it takes no batches, frames are run one by one
   * @return to be closed by the caller, before the detector
   */
  public static InferenceLane start(
      BatchDetector detector, LaneConfig config, LaneListener listener) {
    return start(detector, config, listener, BoundedRuns.GRACE);
  }

  /** The same with a time of the caller's that a run has to end once it is told to. */
  static InferenceLane start(
      BatchDetector detector, LaneConfig config, LaneListener listener, Duration grace) {
    InferenceLane lane = new InferenceLane(detector, config, listener, grace);
    lane.thread.setDaemon(true);
    lane.thread.start();
    return lane;
  }

  @Override
  public Detection detect(RgbPlane frame) {
    return detect(frame, LONGEST_PATIENCE);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the lane is closed or the calling thread interrupted
   */
  @Override
  public Detection detect(RgbPlane frame, Duration patience) {
    Duration mayWait = patience.compareTo(LONGEST_PATIENCE) < 0 ? patience : LONGEST_PATIENCE;
    long now = now();
    Ticket ticket = new Ticket(frame, Thread.currentThread(), now, now + mayWait.toNanos());
    change(() -> gathering.add(ticket));
    try {
      return ticket.await();
    } catch (InterruptedException e) {
      changeIfOpen(() -> gathering.remove(ticket));
      throw interrupted(e);
    }
  }

  @Override
  public void announce() {
    changeIfOpen(() -> gathering.announce(Thread.currentThread()));
  }

  @Override
  public void renounce() {
    changeIfOpen(() -> gathering.renounce(Thread.currentThread()));
  }

  /**
   * Computes something else with the same detector, before any waiting frame; waits for it. It is
   * bounded as a run is.
   *
   * @throws InferenceException if it takes longer than a run may, or the runtime hangs
   * @throws IllegalStateException if the lane is closed or the calling thread interrupted
   */
  public <T> T inTurn(Supplier<T> work) {
    Errand<T> errand = new Errand<>(work, new CompletableFuture<>());
    change(() -> errands.add(errand));
    try {
      return errand.result().get();
    } catch (ExecutionException e) {
      throw Failures.thrown(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      if (lost) {
        throw lostRuntime();
      }
      if (!changeIfOpen(change)) {
        throw closedLane();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean changeIfOpen(Runnable change) {
    lock.lock();
    try {
      if (!closed) {
        change.run();
        listener.waiting(gathering.size());
        changed.signal();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private static IllegalStateException closedLane() {
    return new IllegalStateException("the inference lane is closed");
  }

  private static InferenceException lostRuntime() {
    return new InferenceException(ErrorCode.INFERENCE, "the runtime hangs in an earlier run", null);
  }

  private static IllegalStateException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for inference", cause);
  }

  private long now() {
    return System.nanoTime() - startNanos;
  }

  private void serve() {
    try {
      for (Optional<Runnable> work = next(); work.isPresent(); work = next()) {
        work.get().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does that; the lane ends
    } finally {
      close();
    }
  }

  /** Waits for something to do; empty at the end. */
  private Optional<Runnable> next() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        if (!errands.isEmpty()) {
          Errand<?> errand = errands.remove();
          failRunning = errand.result()::completeExceptionally;
          return Optional.of(() -> run(errand));
        }
        Optional<Gathering.Batch> batch = gathering.close(now());
        if (batch.isPresent()) {
          List<Ticket> tickets = batch.get().tickets();
          failRunning = why -> tickets.forEach(ticket -> ticket.fail(why));
          listener.waiting(gathering.size());
          return batch.map(closedBatch -> () -> run(closedBatch));
        }
        var unused = changed.awaitNanos(gathering.nanosLeft(now()));
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private <T> void run(Errand<T> errand) {
    try {
      errand.result().complete(runs.call(errand.work()));
    } catch (RuntimeException | Error e) {
      errand.result().completeExceptionally(e);
    }
  }

  private void run(Gathering.Batch batch) {
    List<RgbPlane> frames = batch.tickets().stream().map(Ticket::frame).toList();
    long begun = now();
    try {
      Answers answers = runs.call(() -> detector.run(frames));
      answer(batch.tickets(), answers);
      listener.ran(frames.size(), batch.why(), Duration.ofNanos(now() - begun), false);
    } catch (RuntimeException | Error e) {
      fail(batch.tickets(), e);
      listener.ran(frames.size(), batch.why(), Duration.ofNanos(now() - begun), true);
    }
  }

  private void answer(List<Ticket> tickets, Answers answers) {
    lock.lock();
    try {
      gathering.freed(tickets, now()); // before an owner can come back
      for (int i = 0; i < tickets.size(); i++) {
        tickets.get(i).answer(answers, i);
      }
    } finally {
      lock.unlock();
    }
  }

  private void fail(List<Ticket> tickets, Throwable why) {
    lock.lock();
    try {
      if (tickets.size() > 1 && !closed && !lost) {
        gathering.putBack(tickets);
        listener.waiting(gathering.size());
      } else {
        gathering.freed(tickets, now());
        tickets.forEach(ticket -> ticket.fail(why));
      }
    } finally {
      lock.unlock();
    }
  }

  /** The run in progress hangs: from now on nothing is answered. */
  private void lose() {
    lock.lock();
    try {
      lost = true;
      failRunning.accept(runs.hanging());
      failWaiting(lostRuntime());
    } finally {
      lock.unlock();
    }
  }

  private void failWaiting(RuntimeException why) {
    gathering.clear().forEach(ticket -> ticket.fail(why));
    errands.forEach(errand -> errand.result().completeExceptionally(why));
    errands.clear();
    listener.waiting(0);
  }

  /**
   * Ends the run in progress, fails what waits, and waits a little for the end; a run that cannot
   * be ended is left behind. A second call does nothing.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      failWaiting(closedLane());
      changed.signal();
    } finally {
      lock.unlock();
    }
    runs.close();
    try {
      thread.join(runs.grace().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
