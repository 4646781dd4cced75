package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.bundle.Bundle;
import dev.catseye.image.ErrorCode;
import dev.catseye.image.FloatPlane;
import dev.catseye.image.RgbPlane;
import dev.catseye.testing.Resources;
import dev.catseye.testing.TinyGraphs;
import dev.catseye.testing.ToyBundle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lane over ONNX Runtime itself. */
class LaneOnRuntimeTest {
  private static final DetectorConfig CPU = DetectorConfig.onCpu(1);

  @TempDir private Path temp;

  private final List<Integer> runs = new CopyOnWriteArrayList<>(); // frames of each
  private final ExecutorService cameras = Executors.newCachedThreadPool();

  private final LaneListener listener =
      new LaneListener() {
        @Override
        public void waiting(int frames) {}

        @Override
        public void ran(int frames, ClosedBy why, Duration took, boolean failed) {
          runs.add(frames);
        }
      };

  @AfterEach
  void stopCameras() {
    cameras.shutdownNow();
  }

  private InferenceLane lane(OnnxDetector detector, int maxFrames, Duration maxRun) {
    return InferenceLane.start(
        detector, new LaneConfig(maxFrames, Duration.ofSeconds(20), maxRun), listener);
  }

  private List<Future<Detection>> handInTogether(InferenceLane lane, List<RgbPlane> frames) {
    CountDownLatch announced = new CountDownLatch(frames.size());
    List<Future<Detection>> answers = new ArrayList<>();
    for (RgbPlane frame : frames) {
      answers.add(
          cameras.submit(
              () -> {
                lane.announce();
                announced.countDown();
                announced.await();
                return lane.detect(frame);
              }));
    }
    return answers;
  }

  private static InferenceException failure(Future<Detection> answer) throws Exception {
    ExecutionException thrown =
        Assertions.catchThrowableOfType(ExecutionException.class, answer::get);
    return (InferenceException) thrown.getCause();
  }

  @Test
  void batchOfThree_givesWhatSingleRunsGive() throws Exception {
    List<RgbPlane> frames = IntStream.range(0, 3).mapToObj(LaneOnRuntimeTest::noise).toList();
    try (OnnxDetector detector = OnnxDetector.open(Bundle.open(Resources.path("toy")), CPU);
        InferenceLane lane = lane(detector, 3, Duration.ofSeconds(20))) {
      List<Future<Detection>> answers = handInTogether(lane, frames);

      for (int i = 0; i < 3; i++) {
        Detection single = detector.detect(frames.get(i));
        assertThat(answers.get(i).get().anomaly()).isEqualTo(single.anomaly());
        assertThat(answers.get(i).get().classMap()).isEqualTo(single.classMap());
      }
      assertThat(runs).containsExactly(3);
      assertThat(lane.inTurn(detector::checkGolden).passed()).isTrue();
    }
  }

  @Test
  void oneFrameThatIsNotFinite_isRefused_andItsNeighboursAreAnswered() throws Exception {
    DetectorConfig config =
        new DetectorConfig(Provider.CPU, false, 1, List.of(), Set.of("entropy.score"));
    List<RgbPlane> frames = List.of(red(64, 32, 9), red(64, 32, 0), red(64, 32, 1));
    try (OnnxDetector detector = OnnxDetector.open(bundle(TinyGraphs.finiteWhereRed()), config);
        InferenceLane lane = lane(detector, 3, Duration.ofSeconds(20))) {
      List<Future<Detection>> answers = handInTogether(lane, frames);

      assertThat(failure(answers.get(1)))
          .hasMessage("output 'entropy.score' is -Infinity at row 0, column 0")
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NON_FINITE));
      FloatPlane score = (FloatPlane) answers.get(2).get().extras().get("entropy.score");
      assertThat(score.at(5, 5)).isEqualTo(0); // log 1
      assertThat(answers.get(0).get().anomaly()).isNotEmpty();
      assertThat(runs).containsExactly(3);
    }
  }

  @Test
  void runBeyondItsBound_isEnded_andTheSessionGoesOn() throws Exception {
    DetectorConfig config =
        new DetectorConfig(Provider.CPU, false, 1, List.of(), Set.of("entropy.score"));
    try (OnnxDetector detector = OnnxDetector.open(bundle(TinyGraphs.slowForManyRows()), config);
        InferenceLane lane = lane(detector, 1, Duration.ofMillis(300))) {
      RgbPlane quick = red(64, 32, 7);
      Detection before = detector.detect(quick);

      assertThat(failure(cameras.submit(() -> lane.detect(red(64, 30_000, 7)))))
          .hasMessage("the run was ended after 300 ms, the most allowed")
          .rootCause()
          .hasMessageContaining("terminate");
      assertThat(lane.detect(quick).anomaly()).isEqualTo(before.anomaly());
    }
  }

  private Bundle bundle(byte[] graph) {
    return Bundle.open(ToyBundle.copyTo(temp.resolve("toy")).graph(graph).folder());
  }

  private static RgbPlane red(int width, int height, int value) {
    byte[] pixels = new byte[3 * width * height];
    Arrays.fill(pixels, (byte) value);
    return RgbPlane.owning(width, height, pixels);
  }

  private static RgbPlane noise(int seed) {
    byte[] pixels = new byte[3 * 100 * 60];
    new Random(seed).nextBytes(pixels);
    return RgbPlane.owning(100, 60, pixels);
  }
}
