package dev.catseye.detect;

import dev.catseye.image.RgbPlane;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A frame that was handed in, until its answer is known. Its owner waits; the lane answers or fails
 * it once.
 */
final class Ticket {
  private final RgbPlane frame;
  private final Object owner;
  private final long sinceNanos;
  private final long deadlineNanos;
  private final CompletableFuture<Place> place = new CompletableFuture<>();
  private boolean alone; // guarded by the lane's lock

  /** Where the answer lies. */
  private record Place(Answers answers, int index) {}

  /**
   * A frame handed in.
   *
   * @param owner who waits for it
   * @param sinceNanos when it was handed in, by the lane's clock
   * @param deadlineNanos when it must not wait for others any longer, by the lane's clock
   */
  Ticket(RgbPlane frame, Object owner, long sinceNanos, long deadlineNanos) {
    this.frame = frame;
    this.owner = owner;
    this.sinceNanos = sinceNanos;
    this.deadlineNanos = deadlineNanos;
  }

  RgbPlane frame() {
    return frame;
  }

  Object owner() {
    return owner;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  /** Whether it must be run by itself. */
  boolean isAlone() {
    return alone;
  }

  /** Has it run by itself from now on. */
  void beAlone() {
    alone = true;
  }

  boolean hasSizeOf(Ticket other) {
    return frame.width() == other.frame.width() && frame.height() == other.frame.height();
  }

  /** Its run is over, it was frame {@code index} of it. */
  void answer(Answers answers, int index) {
    place.complete(new Place(answers, index));
  }

  /** There is no answer. */
  void fail(Throwable why) {
    place.completeExceptionally(why);
  }

  /**
   * Waits for the answer and brings it to the heap, on the owner's thread.
   *
   * @throws RuntimeException what it failed with
   */
  Detection await() throws InterruptedException {
    Place found;
    try {
      found = place.get();
    } catch (ExecutionException e) {
      throw Failures.thrown(e);
    }
    return found.answers().of(found.index());
  }
}
