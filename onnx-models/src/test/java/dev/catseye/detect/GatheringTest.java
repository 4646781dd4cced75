package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When batches close, by a clock of the test's own: times are milliseconds. */
class GatheringTest {
  private static final long MILLI = 1_000_000;
  private static final long NEVER = 1_000_000;

  private final Gathering gathering =
      new Gathering(new LaneConfig(4, Duration.ofMillis(10), Duration.ofSeconds(1)));

  /** Hands in a frame of owner and mark {@code name}. */
  private Ticket add(int name, int width, long now, long deadline) {
    Ticket ticket =
        new Ticket(StubDetector.frame(name, width), name, now * MILLI, deadline * MILLI);
    gathering.add(ticket);
    return ticket;
  }

  private Ticket add(int name, long now) {
    return add(name, 8, now, NEVER);
  }

  /** The marks of the batch that closes, before them why; empty when none does. */
  private List<Object> close(long now) {
    List<Object> closed = new ArrayList<>();
    gathering
        .close(now * MILLI)
        .ifPresent(
            batch -> {
              closed.add(batch.why());
              batch.tickets().forEach(ticket -> closed.add(ticket.owner()));
            });
    return closed;
  }

  private long millisLeft(long now) {
    return gathering.nanosLeft(now * MILLI) / MILLI;
  }

  @Test
  void frameWithNobodyOnTheWay_isRunAtOnce() {
    add(1, 100);

    assertThat(close(100)).containsExactly(ClosedBy.ALL, 1);
    assertThat(close(101)).isEmpty();
  }

  @Test
  void frameOnItsWay_isWaitedFor_andJoins() {
    gathering.announce(2);
    add(1, 100);

    assertThat(close(105)).isEmpty();
    assertThat(millisLeft(105)).isEqualTo(5);
    add(2, 106);
    assertThat(close(106)).containsExactly(ClosedBy.ALL, 1, 2);
  }

  @Test
  void frameOnItsWay_isWaitedForNoLongerThanTheWait() {
    gathering.announce(2);
    add(1, 100);

    assertThat(close(109)).isEmpty();
    assertThat(close(110)).containsExactly(ClosedBy.WAIT, 1);
  }

  @Test
  void frameThatDoesNotComeAfterAll_isNotWaitedFor() {
    gathering.announce(2);
    add(1, 100);
    gathering.renounce(2);

    assertThat(close(101)).containsExactly(ClosedBy.ALL, 1);
  }

  @Test
  void deadlineOfAnyFrame_endsTheWait() {
    gathering.announce(9);
    add(1, 8, 100, NEVER);
    add(2, 16, 101, 104); // another size, and in a hurry

    assertThat(close(103)).isEmpty();
    assertThat(millisLeft(103)).isEqualTo(1);
    assertThat(close(104)).containsExactly(ClosedBy.DEADLINE, 1);
    assertThat(close(104)).containsExactly(ClosedBy.DEADLINE, 2);
  }

  @Test
  void frameThatIsLateAlready_waitsForNobody() {
    gathering.announce(9);
    add(1, 8, 100, 90);

    assertThat(close(100)).containsExactly(ClosedBy.DEADLINE, 1);
  }

  @Test
  void fullBatch_closesThoughOthersAreOnTheirWay() {
    gathering.announce(9);
    for (int name = 1; name <= 5; name++) {
      add(name, 100 + name);
    }

    assertThat(close(105)).containsExactly(ClosedBy.FULL, 1, 2, 3, 4);
    assertThat(gathering.size()).isEqualTo(1);
  }

  @Test
  void threeFrames_fillARunOfTwo_andTheThirdWaitsForTheNext() {
    add(1, 100);
    add(2, 100);
    add(3, 100);

    assertThat(close(100)).containsExactly(ClosedBy.ALL, 1, 2);
    assertThat(close(100)).containsExactly(ClosedBy.ALL, 3);
  }

  @Test
  void framesOfOtherSizes_formABatchOfTheirOwn_inTheirTurn() {
    add(1, 8, 100, NEVER);
    add(2, 16, 100, NEVER);
    add(3, 8, 100, NEVER);
    add(4, 16, 100, NEVER);

    assertThat(close(100)).containsExactly(ClosedBy.ALL, 1, 3);
    assertThat(close(100)).containsExactly(ClosedBy.ALL, 2, 4);
  }

  @Test
  void ownersOfTheLastRun_areWaitedForAShortWhile() {
    Ticket one = add(1, 0);
    Ticket two = add(2, 0);
    close(0);
    add(3, 50);
    gathering.freed(List.of(one, two), 100 * MILLI);

    assertThat(close(101)).as("it waited 51 ms, but could not be run before").isEmpty();
    assertThat(millisLeft(101)).isEqualTo(9);
    add(1, 102);
    assertThat(close(102)).isEmpty();
    add(2, 103);
    assertThat(close(103)).as("3 of 4: nobody else comes").containsExactly(ClosedBy.ALL, 3, 1);
  }

  @Test
  void ownersOfTheLastRunThatDoNotComeBack_areForgotten() {
    Ticket one = add(1, 0);
    close(0);
    gathering.freed(List.of(one), 100 * MILLI);
    add(3, 109);

    assertThat(close(109)).isEmpty();
    assertThat(close(110)).containsExactly(ClosedBy.ALL, 3);
    add(4, 150);
    assertThat(close(150)).containsExactly(ClosedBy.ALL, 4);
  }

  @Test
  void framesThatFailedTogether_runAgainOneByOne_beforeTheOthers() {
    Ticket one = add(1, 100);
    Ticket two = add(2, 100);
    close(100);
    add(3, 101);
    gathering.putBack(List.of(one, two));

    assertThat(close(102)).containsExactly(ClosedBy.RETRY, 1);
    assertThat(close(102)).containsExactly(ClosedBy.RETRY, 2);
    assertThat(close(102)).containsExactly(ClosedBy.ALL, 3);
  }

  @Test
  void sizes_arePowersOfTwoAndTheMost() {
    assertThat(new LaneConfig(6, Duration.ZERO, Duration.ofSeconds(1)).sizes())
        .containsExactly(1, 2, 4, 6);
    assertThat(new LaneConfig(1, Duration.ZERO, Duration.ofSeconds(1)).sizes()).containsExactly(1);
    assertThat(new LaneConfig(6, Duration.ZERO, Duration.ofSeconds(1)).sizeFor(5)).isEqualTo(4);
  }
}
