package dev.catseye.streambench;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.traffic.MaskWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was sent, in number, and every answer. Thread-safe. */
final class MaskTape implements MaskWatch.Listener {
  private final List<Answer> answers = new ArrayList<>();
  private Runnable onAnswer = () -> {};
  private Optional<Mask> sample = Optional.empty();
  private long sent;

  /**
   * A mask that became visible.
   *
   * @param outcome of the frame
   * @param frame its identity, where it could be read
   * @param appendedMillis when the broker appended the mask, since 1970-01-01 UTC
   * @param visibleMicros when a reader of committed records had it, since 1970-01-01 UTC
   * @param inferMicros that the frame's inference took
   */
  record Answer(
      Outcome outcome,
      Optional<FrameId> frame,
      long appendedMillis,
      long visibleMicros,
      long inferMicros) {
    /** Whether the frame was captured from {@code from} until before {@code to}, in micros. */
    boolean capturedWithin(long from, long to) {
      return frame.filter(id -> id.captureMicros() >= from && id.captureMicros() < to).isPresent();
    }

    /** Capture to mask, microseconds; of a frame that could be read. */
    long ageMicros() {
      return appendedMillis * 1000 - frame.orElseThrow().captureMicros();
    }

    /** Capture to visible, microseconds; of a frame that could be read. */
    long latencyMicros() {
      return visibleMicros - frame.orElseThrow().captureMicros();
    }
  }

  /** A frame is on its topic. */
  synchronized void sent() {
    sent++;
  }

  /** Has {@code action} called with every further answer, on the thread that brings it. */
  synchronized void onAnswer(Runnable action) {
    onAnswer = action;
  }

  @Override
  public void seen(Mask mask, long appendedMillis) {
    keep(mask);
    answered(
        new Answer(
            mask.outcome(),
            mask.frame(),
            appendedMillis,
            Feeding.nowMicros(),
            mask.stages().infer()));
  }

  private synchronized void keep(Mask mask) {
    if (mask.outcome() == Outcome.DETECTED) {
      sample = Optional.of(mask);
    }
  }

  /** The latest DETECTED mask, if there was one. */
  synchronized Optional<Mask> sample() {
    return sample;
  }

  /** A frame has its answer. */
  void answered(Answer answer) {
    Runnable action;
    synchronized (this) {
      answers.add(answer);
      action = onAnswer;
      notifyAll();
    }
    action.run();
  }

  /** Answers so far, in the order in which they became visible. */
  synchronized List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** Frames that were sent and have no answer. */
  synchronized long unanswered() {
    return sent - answers.size();
  }

  /** Waits a second at most for the answers to all frames; returns whether they are there. */
  synchronized boolean awaitAll() throws InterruptedException {
    long end = System.nanoTime() + 1_000_000_000L;
    for (long left = 1000; unanswered() > 0 && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return unanswered() <= 0;
  }
}
