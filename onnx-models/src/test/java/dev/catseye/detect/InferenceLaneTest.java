package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.image.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InferenceLaneTest {
  private static final LaneConfig CONFIG =
      new LaneConfig(4, Duration.ofSeconds(10), Duration.ofSeconds(20));

  private static final LaneConfig HASTY =
      new LaneConfig(4, Duration.ofMillis(1), Duration.ofSeconds(20));

  private final StubDetector detector = new StubDetector();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final ExecutorService cameras = Executors.newCachedThreadPool();

  private final LaneListener listener =
      new LaneListener() {
        @Override
        public void waiting(int frames) {
          assertThat(frames).isNotNegative();
        }

        @Override
        public void ran(int frames, ClosedBy why, Duration took, boolean failed) {
          assertThat(took).isPositive();
          heard.add(frames + " " + why + (failed ? " failed" : ""));
        }
      };

  @AfterEach
  void stopCameras() {
    cameras.shutdownNow();
  }

  private InferenceLane lane(LaneConfig config) {
    return InferenceLane.start(detector, config, listener, Duration.ofMillis(200));
  }

  private Future<Detection> handIn(InferenceLane lane, int mark) {
    return cameras.submit(() -> lane.detect(StubDetector.frame(mark, 8)));
  }

  /** Hands in frames of these marks from threads that all said so before the first was there. */
  private List<Future<Detection>> handInTogether(InferenceLane lane, int... marks) {
    CountDownLatch announced = new CountDownLatch(marks.length);
    List<Future<Detection>> answers = new ArrayList<>();
    for (int mark : marks) {
      answers.add(
          cameras.submit(
              () -> {
                lane.announce();
                announced.countDown();
                announced.await();
                return lane.detect(StubDetector.frame(mark, 8));
              }));
    }
    return answers;
  }

  private static int mark(Future<Detection> answer) throws Exception {
    return StubDetector.mark(answer.get(20, TimeUnit.SECONDS));
  }

  private static Throwable failure(Future<Detection> answer) throws Exception {
    try {
      throw new AssertionError("answered with " + mark(answer));
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  @Test
  void loneFrame_isAnsweredWithoutWaiting() throws Exception {
    try (InferenceLane lane = lane(CONFIG)) {
      assertThat(StubDetector.mark(lane.detect(StubDetector.frame(7, 8)))).isEqualTo(7);
    }
    assertThat(heard).containsExactly("1 ALL");
  }

  @Test
  void framesOnTheirWay_runTogether_andEachGetsItsOwnAnswer() throws Exception {
    try (InferenceLane lane = lane(CONFIG)) {
      List<Future<Detection>> answers = handInTogether(lane, 1, 2, 3, 4);

      for (int i = 0; i < 4; i++) {
        assertThat(mark(answers.get(i))).isEqualTo(i + 1);
      }
    }
    assertThat(heard).containsExactly("4 FULL");
  }

  @Test
  void framesThatComeDuringARun_areTheNextBatch() throws Exception {
    Semaphore gate = detector.gate();
    try (InferenceLane lane = lane(HASTY)) {
      Future<Detection> first = handIn(lane, 1);
      detector.awaitRun();
      List<Future<Detection>> others = handInTogether(lane, 2, 3, 4, 5);
      waitForWaiting(others);
      gate.release(2);

      assertThat(mark(first)).isEqualTo(1);
      assertThat(mark(others.get(3))).isEqualTo(5);
      assertThat(detector.runs()).hasSize(2);
      assertThat(detector.runs().get(1)).containsExactlyInAnyOrder(2, 3, 4, 5);
    }
  }

  /** Gives threads that were started the time to hand in; none can be answered meanwhile. */
  private static void waitForWaiting(List<Future<Detection>> answers) throws Exception {
    Thread.sleep(300);
    assertThat(answers).noneMatch(Future::isDone);
  }

  @Test
  void graphThatTakesNoBatches_isRunOncePerFrame() throws Exception {
    detector.oneByOne();
    try (InferenceLane lane = lane(CONFIG)) {
      for (Future<Detection> answer : handInTogether(lane, 1, 2, 3)) {
        assertThat(mark(answer)).isPositive();
      }
    }
    assertThat(heard).containsExactly("1 FULL", "1 FULL", "1 FULL");
  }

  @Test
  void poisonInABatch_failsItsFrameAlone() throws Exception {
    detector.withPoison(2);
    try (InferenceLane lane = lane(CONFIG)) {
      List<Future<Detection>> answers = handInTogether(lane, 1, 2, 3, 4);

      assertThat(failure(answers.get(1)))
          .isInstanceOf(InferenceException.class)
          .hasMessage("poison in [2]");
      for (int i : new int[] {0, 2, 3}) {
        assertThat(mark(answers.get(i))).isEqualTo(i + 1);
      }
    }
    assertThat(heard)
        .containsExactlyInAnyOrder(
            "4 FULL failed", "1 RETRY", "1 RETRY failed", "1 RETRY", "1 RETRY");
  }

  @Test
  void valueOfOneFrameThatIsNotFinite_isThatFramesFault_withoutASecondRun() throws Exception {
    detector.withNotFinite(3);
    try (InferenceLane lane = lane(CONFIG)) {
      List<Future<Detection>> answers = handInTogether(lane, 1, 2, 3, 4);

      assertThat(failure(answers.get(2)))
          .isInstanceOfSatisfying(
              InferenceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NON_FINITE));
      assertThat(mark(answers.get(3))).isEqualTo(4);
    }
    assertThat(heard).containsExactly("4 FULL");
  }

  @Test
  void runBeyondItsBound_isEnded_andOnlyTheFrameThatNeverEndsFails() throws Exception {
    detector.withEndless(2);
    LaneConfig config = new LaneConfig(4, Duration.ofSeconds(1), Duration.ofMillis(100));
    try (InferenceLane lane = lane(config)) {
      List<Future<Detection>> answers = handInTogether(lane, 1, 2, 3, 4);

      assertThat(failure(answers.get(1)))
          .isInstanceOfSatisfying(
              InferenceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INFERENCE))
          .hasMessage("the run was ended after 100 ms, the most allowed");
      assertThat(mark(answers.get(0))).isEqualTo(1);
      assertThat(mark(handIn(lane, 9))).as("the lane goes on").isEqualTo(9);
    }
  }

  @Test
  void runThatDoesNotHearTheFirstWord_isToldAgain() throws Exception {
    detector.withEndless(1).hardOfHearing();
    LaneConfig config = new LaneConfig(4, Duration.ofSeconds(1), Duration.ofMillis(100));
    try (InferenceLane lane =
        InferenceLane.start(detector, config, listener, Duration.ofSeconds(20))) {
      assertThat(failure(handIn(lane, 1)))
          .hasMessage("the run was ended after 100 ms, the most allowed");
      assertThat(mark(handIn(lane, 2))).isEqualTo(2);
    }
  }

  @Test
  void runThatCannotBeEnded_failsIt_andEverythingAfterIt() throws Exception {
    detector.withEndless(1).deaf();
    LaneConfig config = new LaneConfig(4, Duration.ofSeconds(10), Duration.ofMillis(100));
    try (InferenceLane lane = lane(config)) {
      assertThat(failure(handIn(lane, 1)))
          .isInstanceOf(InferenceException.class)
          .hasMessage("the run did not end within 200 ms of being told to, after 100 ms");
      assertThat(failure(handIn(lane, 2))).hasMessage("the runtime hangs in an earlier run");
      assertThatThrownBy(() -> lane.inTurn(() -> true))
          .as("nor can the golden frame be asked")
          .hasMessage("the runtime hangs in an earlier run");
    }
  }

  @Test
  void somethingElseInTurn_runsBeforeWaitingFrames_andNeverDuringARun() throws Exception {
    Semaphore gate = detector.gate();
    try (InferenceLane lane = lane(HASTY)) {
      Future<Detection> first = handIn(lane, 1);
      detector.awaitRun();
      Future<Detection> second = handIn(lane, 2);
      waitForWaiting(List.of(second));
      Future<Integer> errand = cameras.submit(() -> lane.inTurn(() -> detector.runs().size()));
      Thread.sleep(200);
      assertThat(errand.isDone()).isFalse();
      gate.release(2);

      assertThat(errand.get(20, TimeUnit.SECONDS)).as("before the second run").isEqualTo(1);
      assertThat(mark(first)).isEqualTo(1);
      assertThat(mark(second)).isEqualTo(2);
      assertThatThrownBy(
              () ->
                  lane.inTurn(
                      () -> {
                        throw new IllegalArgumentException("no golden frame");
                      }))
          .hasMessage("no golden frame");
    }
  }

  @Test
  void closeWhileFramesWait_failsThem_andEndsTheRun() throws Exception {
    detector.withEndless(1);
    InferenceLane lane = lane(CONFIG);
    Future<Detection> running = handIn(lane, 1);
    detector.awaitRun();
    List<Future<Detection>> waiting = handInTogether(lane, 2, 3);
    waitForWaiting(waiting);

    lane.close();
    lane.close();

    assertThat(failure(running)).hasMessage("told to end");
    for (Future<Detection> answer : waiting) {
      assertThat(failure(answer)).hasMessage("the inference lane is closed");
    }
    assertThatThrownBy(() -> lane.detect(StubDetector.frame(4, 8)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the inference lane is closed");
    lane.announce(); // of no consequence: whoever comes late is told when handing in
  }

  @Test
  void ownerThatIsInterrupted_givesUpItsFrame_andTheLaneGoesOn() throws Exception {
    Semaphore gate = detector.gate();
    try (InferenceLane lane = lane(HASTY)) {
      Future<Detection> first = handIn(lane, 1);
      detector.awaitRun();
      Future<Detection> second = handIn(lane, 2);
      waitForWaiting(List.of(second));
      second.cancel(true);
      Thread.sleep(200);
      gate.release(2);

      assertThat(mark(first)).isEqualTo(1);
      assertThat(mark(handIn(lane, 3))).isEqualTo(3);
      assertThat(detector.runs()).containsExactly(List.of(1), List.of(3));
    }
  }
}
