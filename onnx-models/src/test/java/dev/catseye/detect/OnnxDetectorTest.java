package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.ModelException;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.ErrorCode;
import dev.catseye.image.FloatPlane;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.PngEncoder;
import dev.catseye.image.RgbPlane;
import dev.catseye.testing.Resources;
import dev.catseye.testing.TinyGraphs;
import dev.catseye.testing.ToyBundle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxDetectorTest {
  private static final Bundle TOY = Bundle.open(Resources.path("toy"));
  private static final DetectorConfig CPU = DetectorConfig.onCpu(1);

  @TempDir private Path temp;

  @Test
  void goldenFrame_isAnsweredAsTheAuthorSaw() {
    DetectorConfig config = CPU.withPlans(List.of("entropy", "msp"));
    try (OnnxDetector detector = OnnxDetector.open(TOY, config)) {
      GoldenResult result = detector.checkGolden();

      assertThat(result.passed()).as(result.summary()).isTrue();
      assertThat(result.outputs())
          .extracting(GoldenResult.Measured::output)
          .containsExactly("entropy.anomaly", "msp.anomaly", "class_map");
    }
  }

  @Test
  void whatOnlyOtherOutputsNeed_isNotComputed() {
    Bundle bundle =
        Bundle.open(
            ToyBundle.copyTo(temp.resolve("toy")).graph(TinyGraphs.failingInOneScore()).folder());
    try (OnnxDetector detector = OnnxDetector.open(bundle, CPU)) {
      assertThat(detector.detect(frame(64, 32, 5)).anomaly()).containsOnlyKeys("entropy");
    }
  }

  @Test
  void goldenFrameOfAnotherNetwork_fails() {
    ToyBundle toy = ToyBundle.copyTo(temp.resolve("toy")).graph(TinyGraphs.ofTheFramesSize());
    replace(toy, "/golden/frame", PngEncoder.encode(frame(64, 32, 3)));
    try (OnnxDetector detector = OnnxDetector.open(Bundle.open(toy.folder()), CPU)) {
      GoldenResult result = detector.checkGolden();

      assertThat(result.passed()).isFalse();
      assertThat(result.summary())
          .startsWith("entropy.anomaly: 0.0")
          .contains("of the pixels within 1, 0.99900 required");
    }
  }

  @Test
  void goldenPicturesThatAreDamagedOrOfAnotherSize_refuseTheStart() {
    ToyBundle toy = ToyBundle.copyTo(temp.resolve("toy"));
    replace(toy, "/golden/frame", new byte[] {1, 2, 3});
    replace(toy, "/golden/expected/0", PngEncoder.encode(BytePlane.copyOf(2, 1, new byte[2])));
    Bundle bundle = Bundle.open(toy.folder());

    assertThatThrownBy(() -> OnnxDetector.open(bundle, CPU).close())
        .isInstanceOfSatisfying(
            ModelException.class,
            refusal ->
                assertThat(refusal.problems())
                    .containsExactly(
                        "entropy.anomaly: 2x1, expected 64x32",
                        "frame: 3 bytes that are neither JPEG, PNG nor WebP"));
  }

  @Test
  void strangeColour_scoresHigherThanRoadLeafAndSky() {
    try (OnnxDetector detector = OnnxDetector.open(TOY, CPU)) {
      Detection detection = detector.detect(goldenFrame()); // 128x64, box at (60..75, 40..51)

      BytePlane map = detection.anomaly().get("entropy");
      assertThat(map.width()).isEqualTo(64);
      assertThat(map.height()).isEqualTo(32);
      assertThat(map.at(34, 23)).as("box").isGreaterThan(150);
      assertThat(map.at(10, 25)).as("road").isLessThan(100);
      assertThat(map.at(34, 5)).as("sky").isLessThan(100);
      BytePlane classes = detection.classMap().orElseThrow();
      assertThat(classes.at(10, 28)).as("road").isEqualTo(0);
      assertThat(classes.at(10, 3)).as("sky").isEqualTo(2);
      assertThat(detection.inferMicros()).isPositive();
      assertThat(detection.extras()).isEmpty();
    }
  }

  @Test
  void severalPlansAndAFloatMap_areAnsweredInOneRun() {
    DetectorConfig config =
        new DetectorConfig(
            Provider.CPU, false, 1, List.of("msp", "entropy"), Set.of("entropy.score"));
    try (OnnxDetector detector = OnnxDetector.open(TOY, config)) {
      Detection detection = detector.detect(goldenFrame());

      assertThat(detection.anomaly()).containsOnlyKeys("msp", "entropy");
      FloatPlane scores = (FloatPlane) detection.extras().get("entropy.score");
      BytePlane bytes = detection.anomaly().get("entropy");
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 64; x++) {
          assertThat(bytes.at(x, y)).isEqualTo((int) (255 * scores.at(x, y)));
        }
      }
    }
  }

  @Test
  void info_saysWhatAnswers() {
    try (OnnxDetector detector = OnnxDetector.open(TOY, CPU)) {
      DetectorInfo info = detector.info();

      assertThat(info.provider()).isEqualTo(Provider.CPU);
      assertThat(info.bundle()).isEqualTo("toy 0.1.0");
      assertThat(info.bundleDigest()).isEqualTo(TOY.digest());
      assertThat(info.plans()).containsExactly(TOY.plan("entropy"));
      assertThat(info.runtime()).startsWith("ONNX Runtime 1.");
    }
  }

  @Test
  void frameSizeChangesInMidStream_eachFrameIsAnsweredAsIfAlone() {
    try (OnnxDetector detector = OnnxDetector.open(TOY, CPU)) {
      RgbPlane large = frame(320, 200, 1);
      RgbPlane small = frame(17, 9, 2);

      BytePlane largeAlone = detector.detect(large).anomaly().get("entropy");
      BytePlane smallAfterLarge = detector.detect(small).anomaly().get("entropy");
      BytePlane largeAgain = detector.detect(large).anomaly().get("entropy");

      assertThat(largeAgain).isEqualTo(largeAlone);
      try (OnnxDetector fresh = OnnxDetector.open(TOY, CPU)) {
        assertThat(fresh.detect(small).anomaly().get("entropy")).isEqualTo(smallAfterLarge);
      }
    }
  }

  @Test
  void batch_givesWhatSingleRunsGive() {
    try (OnnxDetector detector = OnnxDetector.open(TOY, CPU)) {
      List<RgbPlane> frames = IntStream.range(0, 5).mapToObj(i -> frame(100, 60, i)).toList();

      List<Detection> batch = detector.detect(frames);

      for (int i = 0; i < frames.size(); i++) {
        Detection single = detector.detect(frames.get(i));
        assertThat(batch.get(i).anomaly()).isEqualTo(single.anomaly());
        assertThat(batch.get(i).classMap()).isEqualTo(single.classMap());
      }
    }
  }

  @Test
  void graphForOneFrame_isRunOncePerFrame() {
    ToyBundle toy = ToyBundle.copyTo(temp.resolve("toy")).graph(OnnxDetectorTest::forOneFrame);
    List<RgbPlane> frames = IntStream.range(0, 3).mapToObj(i -> frame(100, 60, i)).toList();

    try (OnnxDetector one = OnnxDetector.open(Bundle.open(toy.folder()), CPU);
        OnnxDetector any = OnnxDetector.open(TOY, CPU)) {
      assertThat(one.detect(frames))
          .extracting(Detection::anomaly)
          .isEqualTo(any.detect(frames).stream().map(Detection::anomaly).toList());
    }
  }

  /** Declares a batch of one, as compose does for a network that cannot take more. */
  private static ModelProto.Builder forOneFrame(ModelProto.Builder model) {
    model
        .getGraphBuilder()
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(0)
        .setDimValue(1);
    return model;
  }

  @Test
  void batchOfDifferentSizes_isRefused() {
    try (OnnxDetector detector = OnnxDetector.open(TOY, CPU)) {
      List<RgbPlane> frames = List.of(frame(8, 8, 0), frame(8, 9, 0));

      assertThatThrownBy(() -> detector.detect(frames))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a batch of RgbPlane 8x8 and RgbPlane 8x9");
    }
  }

  @Test
  void manyThreads_eachGetTheirOwnAnswer() throws Exception {
    try (OnnxDetector detector = OnnxDetector.open(TOY, CPU)) {
      List<RgbPlane> frames = IntStream.range(0, 8).mapToObj(i -> frame(40 + i, 30, i)).toList();
      List<BytePlane> alone =
          frames.stream().map(f -> detector.detect(f).anomaly().get("entropy")).toList();
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Callable<BytePlane>> calls =
            IntStream.range(0, 200)
                .<Callable<BytePlane>>mapToObj(
                    i -> () -> detector.detect(frames.get(i % 8)).anomaly().get("entropy"))
                .toList();
        List<Future<BytePlane>> answers = threads.invokeAll(calls);
        for (int i = 0; i < answers.size(); i++) {
          assertThat(answers.get(i).get()).isEqualTo(alone.get(i % 8));
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void closedDetector_refusesFramesAndClosesOnce() {
    OnnxDetector detector = OnnxDetector.open(TOY, CPU);
    detector.close();
    detector.close();

    assertThatThrownBy(() -> detector.detect(frame(8, 8, 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("detector of toy 0.1.0 is closed");
  }

  @Test
  void closeDuringRuns_waitsForThem() throws Exception {
    OnnxDetector detector = OnnxDetector.open(TOY, CPU);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> runs =
          thread.submit(
              () -> {
                int done = 0;
                while (true) {
                  try {
                    detector.detect(frame(64, 64, done));
                    done++;
                  } catch (IllegalStateException closed) {
                    return done;
                  }
                }
              });
      Thread.sleep(200);
      detector.close();

      assertThat(runs.get()).isPositive();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void warmUp_needsNoGoldenFrame() {
    ToyBundle toy = ToyBundle.copyTo(temp.resolve("toy")).withoutGolden();
    try (OnnxDetector detector = OnnxDetector.open(Bundle.open(toy.folder()), CPU)) {
      detector.warmUp();

      assertThat(detector.checkGolden().passed()).isTrue();
      assertThat(detector.checkGolden().summary()).isEqualTo("the bundle has no golden frame");
    }
  }

  @Test
  void floatMapThatIsNotFinite_isRefused() {
    Bundle bundle =
        Bundle.open(
            ToyBundle.copyTo(temp.resolve("toy")).graph(TinyGraphs.ofNoFiniteScore()).folder());
    DetectorConfig config =
        new DetectorConfig(Provider.CPU, false, 1, List.of(), Set.of("entropy.score"));
    try (OnnxDetector detector = OnnxDetector.open(bundle, config)) {
      byte[] red = new byte[3 * 64 * 32];
      Arrays.fill(red, (byte) 9);

      assertThatThrownBy(() -> detector.detect(RgbPlane.copyOf(64, 32, red)))
          .isInstanceOfSatisfying(
              InferenceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NON_FINITE))
          .hasMessage("output 'entropy.score' is NaN at row 0, column 0");
    }
  }

  @Test
  void runtimeThatFailsOnAFrame_leavesTheDetectorUsable() {
    Bundle bundle =
        Bundle.open(
            ToyBundle.copyTo(temp.resolve("toy"))
                .graph(TinyGraphs.failingOnOtherHeights())
                .folder());
    DetectorConfig config =
        new DetectorConfig(Provider.CPU, false, 1, List.of(), Set.of("entropy.score"));
    try (OnnxDetector detector = OnnxDetector.open(bundle, config)) {
      assertThatThrownBy(() -> detector.detect(frame(64, 31, 0)))
          .isInstanceOfSatisfying(
              InferenceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INFERENCE))
          .hasMessageStartingWith("frames [1, 31, 64, 3]: the runtime failed: ");

      assertThat(detector.detect(frame(64, 32, 0)).anomaly()).containsKey("entropy");
    }
  }

  @Test
  void mapOfAnotherSizeThanPromised_isRefused() {
    Bundle bundle =
        Bundle.open(
            ToyBundle.copyTo(temp.resolve("toy")).graph(TinyGraphs.ofTheFramesSize()).folder());
    try (OnnxDetector detector = OnnxDetector.open(bundle, CPU)) {
      assertThatThrownBy(() -> detector.detect(frame(60, 32, 0)))
          .isInstanceOf(InferenceException.class)
          .hasMessage("output 'entropy.anomaly' has shape [1, 32, 60], expected [1, 32, 64]");
    }
  }

  @Test
  void cudaOnAMachineWithoutIt_refusesToStart() {
    DetectorConfig config = new DetectorConfig(Provider.CUDA, false, 1, List.of(), Set.of());

    assertThatThrownBy(() -> OnnxDetector.open(TOY, config))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("provider CUDA: not available here (")
        .hasMessageEndingWith("run on a machine with the GPU runtime, or allow the CPU");
  }

  @Test
  void cudaThatMayFallBack_saysThatItRunsOnTheCpu() {
    DetectorConfig config = new DetectorConfig(Provider.CUDA, true, 1, List.of(), Set.of());
    try (OnnxDetector detector = OnnxDetector.open(TOY, config)) {
      assertThat(detector.info().provider()).isEqualTo(Provider.CPU);
      assertThat(detector.checkGolden().passed()).isTrue();
    }
  }

  @Test
  void unknownPlanOrOutput_isRefusedBeforeTheGraphIsLoaded() {
    assertThatThrownBy(() -> OnnxDetector.open(TOY, CPU.withPlans(List.of("entropie"))))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("no plan 'entropie'; it has entropy, msp");
    DetectorConfig config = new DetectorConfig(Provider.CPU, false, 1, List.of(), Set.of("logits"));
    assertThatThrownBy(() -> OnnxDetector.open(TOY, config))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("no output 'logits' in graphs/fused.onnx");
  }

  /** Puts other bytes in the place of the file that the manifest names at {@code place}. */
  private static void replace(ToyBundle toy, String place, byte[] bytes) {
    toy.manifest(
        manifest -> {
          ObjectNode entry = (ObjectNode) manifest.at(place);
          toy.write(entry.get("file").textValue(), bytes);
          entry.put("bytes", bytes.length).put("sha256", ToyBundle.sha256(bytes));
        });
  }

  private static RgbPlane goldenFrame() {
    byte[] png = TOY.golden().orElseThrow().frameBytes();
    return Decoder.decodeRgb(png, ImageLimits.DEFAULT);
  }

  private static RgbPlane frame(int width, int height, int seed) {
    byte[] pixels = new byte[3 * width * height];
    new Random(seed).nextBytes(pixels);
    return RgbPlane.owning(width, height, pixels);
  }
}
