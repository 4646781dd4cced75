package dev.catseye.detect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which waiting frames make the next batch, and when it closes: the frame that waits for longest
 * and those of its size behind it.
 *
 * <p>It closes at once when it is full or no other frame is on its way. A frame is on its way when
 * its owner said so and has not handed it in yet, and, for {@link LaneConfig#maxWait} after a run,
 * while owners of that run have not come back. For frames on their way it waits until {@link
 * LaneConfig#maxWait} after it could have begun, and never beyond the first deadline of any waiting
 * frame.
 *
 * <p>Times are nanoseconds of one clock that never goes back. Used under the lane's lock.
 */
final class Gathering {
  private final LaneConfig config;
  private final long maxWaitNanos;
  private final Deque<Ticket> waiting = new ArrayDeque<>();
  private final Set<Object> announced = new HashSet<>();
  private final Set<Object> released = new HashSet<>();
  private long freedNanos; // when the last run was over

  Gathering(LaneConfig config) {
    this.config = config;
    this.maxWaitNanos = config.maxWait().toNanos();
    this.freedNanos = -maxWaitNanos;
  }

  /** A batch that takes no further frames. */
  record Batch(List<Ticket> tickets, ClosedBy why) {
    Batch {
      tickets = List.copyOf(tickets);
    }
  }

  /** {@code owner} makes a frame ready. */
  void announce(Object owner) {
    announced.add(owner);
  }

  /** {@code owner} has no frame after all. */
  void renounce(Object owner) {
    announced.remove(owner);
    released.remove(owner);
  }

  /** Takes in a frame. */
  void add(Ticket ticket) {
    renounce(ticket.owner());
    waiting.add(ticket);
  }

  /** Takes back, before all others, frames that failed together, each to be run by itself. */
  void putBack(List<Ticket> tickets) {
    for (int i = tickets.size() - 1; i >= 0; i--) {
      tickets.get(i).beAlone();
      waiting.addFirst(tickets.get(i));
    }
  }

  /** Gives up a frame, if it still waits. */
  void remove(Ticket ticket) {
    waiting.remove(ticket);
  }

  /** A run is over, and its owners know. */
  void freed(List<Ticket> tickets, long now) {
    freedNanos = now;
    released.clear();
    tickets.forEach(ticket -> released.add(ticket.owner()));
  }

  /** Frames that wait. */
  int size() {
    return waiting.size();
  }

  /** Hands over all frames. */
  List<Ticket> clear() {
    List<Ticket> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  /** The next batch if it closes now. */
  Optional<Batch> close(long now) {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    List<Ticket> fitting = fitting();
    Optional<ClosedBy> why = closedBy(fitting.size(), now);
    if (why.isEmpty()) {
      return Optional.empty();
    }
    Batch batch = new Batch(fitting.subList(0, config.sizeFor(fitting.size())), why.get());
    waiting.removeAll(batch.tickets());
    return Optional.of(batch);
  }

  /** Time from {@code now} until a batch closes though nothing happens; above 0. */
  long nanosLeft(long now) {
    if (waiting.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long next = Math.min(firstDeadline(), lastCall());
    return Math.max(1, (announced.isEmpty() ? Math.min(next, returned()) : next) - now);
  }

  /** The first frame and those of its size, in order, no more than a batch may have. */
  private List<Ticket> fitting() {
    Ticket first = waiting.element();
    if (first.isAlone()) {
      return List.of(first);
    }
    List<Ticket> fitting = new ArrayList<>();
    for (Ticket ticket : waiting) {
      if (fitting.size() < config.maxFrames() && ticket.hasSizeOf(first)) {
        fitting.add(ticket);
      }
    }
    return fitting;
  }

  private Optional<ClosedBy> closedBy(int frames, long now) {
    if (waiting.element().isAlone()) {
      return Optional.of(ClosedBy.RETRY);
    }
    if (frames == config.maxFrames()) {
      return Optional.of(ClosedBy.FULL);
    }
    if (announced.isEmpty() && now >= returned()) {
      return Optional.of(ClosedBy.ALL);
    }
    if (now >= firstDeadline()) {
      return Optional.of(ClosedBy.DEADLINE);
    }
    return now >= lastCall() ? Optional.of(ClosedBy.WAIT) : Optional.empty();
  }

  private long firstDeadline() {
    return waiting.stream().mapToLong(Ticket::deadlineNanos).min().orElseThrow();
  }

  /** When the first frame has waited for as long as it may, since it could have been run. */
  private long lastCall() {
    return Math.max(waiting.element().sinceNanos(), freedNanos) + maxWaitNanos;
  }

  /** When the owners of the last run are back, or expected no more. */
  private long returned() {
    return released.isEmpty() ? freedNanos : freedNanos + maxWaitNanos;
  }
}
