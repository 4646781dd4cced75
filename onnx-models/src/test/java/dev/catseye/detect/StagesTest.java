package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.ModelException;
import dev.catseye.bundle.StageSpec;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.RgbPlane;
import dev.catseye.testing.Resources;
import dev.catseye.testing.ToyBundle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stages of {@code mixed/}, alone and in a chain. */
class StagesTest {
  private static final Bundle MIXED = Bundle.open(Resources.path("mixed"));
  private static final RuntimeConfig CPU = RuntimeConfig.onCpu(1);

  @TempDir private Path temp;

  @Test
  void chain_answersAsTheFusedGraph() {
    Set<String> names =
        Set.of("synboost-light.anomaly", "entropy", "synthesis", "perceptual", "semantic", "q");
    DetectorConfig fused =
        new DetectorConfig(Provider.CPU, false, 1, List.of("synboost-light"), names);
    try (OnnxDetector detector = OnnxDetector.open(MIXED, fused);
        StageChain chain = StageChain.open(MIXED, names, CPU)) {
      Detection whole = detector.detect(frame());

      ChainResult parts = chain.run(HostTensor.of(frame()));

      assertThat(parts.outputs()).containsOnlyKeys(names);
      for (String name : List.of("entropy", "perceptual", "semantic", "synboost-light.anomaly")) {
        BytePlane expected = (BytePlane) whole.extras().get(name);
        assertThat(bytes(parts.outputs().get(name))).as(name).isEqualTo(expected.toByteArray());
      }
      assertThat(bytes(parts.outputs().get("synthesis")))
          .isEqualTo(((RgbPlane) whole.extras().get("synthesis")).toByteArray());
      assertThat(parts.outputs().get("q")).hasToString("float32 [1, 32, 64]");
    }
  }

  @Test
  void chain_runsOnlyWhatItsOutputsNeedAndTimesEachStage() {
    try (StageChain chain = StageChain.open(MIXED, Set.of("resynthesis.anomaly"), CPU)) {
      ChainResult result = chain.run(HostTensor.of(frame()));

      assertThat(chain.stages())
          .extracting(StageSpec::name)
          .containsExactly("segmentation", "synthesis", "comparator");
      assertThat(result.stageMicros().keySet())
          .containsExactly("segmentation", "synthesis", "comparator");
      assertThat(result.stageMicros().values()).allMatch(micros -> micros > 0);
      assertThat(result.micros())
          .isGreaterThanOrEqualTo(
              result.stageMicros().values().stream().mapToLong(Long::longValue).sum());
    }
  }

  @Test
  void chainOfABatch_givesAMapPerFrame() {
    RgbPlane frame = frame();
    byte[] twice = new byte[2 * frame.sizeBytes()];
    System.arraycopy(frame.toByteArray(), 0, twice, 0, frame.sizeBytes());
    System.arraycopy(frame.toByteArray(), 0, twice, frame.sizeBytes(), frame.sizeBytes());
    try (StageChain chain = StageChain.open(MIXED, Set.of("q"), CPU)) {
      HostTensor both =
          chain
              .run(HostTensor.ofBytes(twice, 2, frame.height(), frame.width(), 3))
              .outputs()
              .get("q");
      HostTensor single = chain.run(HostTensor.of(frame)).outputs().get("q");

      assertThat(both).hasToString("float32 [2, 32, 64]");
      for (int i = 0; i < both.size(); i++) {
        assertThat(both.at(i)).isEqualTo(single.at(i % single.size()));
      }
    }
  }

  @Test
  void stageAlone_takesGivenTensors() {
    byte[] classes = new byte[64 * 32];
    Arrays.fill(classes, 64 * 16, 64 * 32, (byte) 13); // road above cars
    try (Stage synthesis = open("synthesis")) {
      StageResult result =
          synthesis.run(Map.of("semantic", HostTensor.ofBytes(classes, 1, 32, 64)));

      HostTensor labels = result.outputs().get("labels");
      HostTensor edges = result.outputs().get("edges");
      assertThat(labels.at(0)).isEqualTo(7); // label id of road
      assertThat(labels.at(64 * 16)).isEqualTo(26); // label id of car
      assertThat(edges.at(64 * 14)).isZero();
      assertThat(edges.at(64 * 15)).isEqualTo(1);
      assertThat(edges.at(64 * 16)).isEqualTo(1);
      assertThat(result.outputs().get("synthesis")).hasToString("uint8 [1, 32, 64, 3]");
      assertThat(result.micros()).isPositive();
    }
  }

  @Test
  void stageWithoutItsInput_isAMistakeOfTheCaller() {
    try (Stage synthesis = open("synthesis")) {
      assertThatThrownBy(() -> synthesis.run(Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("stage synthesis takes [semantic], not []");
    }
  }

  @Test
  void tensorOfAnotherShape_isRefusedByTheRuntime() {
    try (Stage synthesis = open("synthesis")) {
      Map<String, HostTensor> small =
          Map.of("semantic", HostTensor.ofBytes(new byte[4 * 4], 1, 4, 4));

      assertThatThrownBy(() -> synthesis.run(small))
          .isInstanceOf(InferenceException.class)
          .hasMessageStartingWith("semantic [1, 4, 4]: the runtime failed: ");
    }
  }

  @Test
  void outputThatNoStageGives_isNamed() {
    assertThatThrownBy(() -> StageChain.open(MIXED, Set.of("q", "trust"), CPU).close())
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("): no stage gives 'trust'");
  }

  @Test
  void stageFileThatChangedSinceTheBundleWasOpened_isRefused() {
    ToyBundle copy = ToyBundle.copyOf("mixed", temp.resolve("mixed"));
    Bundle bundle = Bundle.open(copy.folder());
    copy.write("stages/synthesis.onnx", new byte[9]);

    assertThatThrownBy(() -> Stage.open(bundle, stage(bundle, "synthesis"), CPU).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("stages/synthesis.onnx: 9 bytes, bundle.json says ");
  }

  @Test
  void stageThatIsNotWhatTheManifestSays_isRefused() {
    ToyBundle copy = ToyBundle.copyOf("mixed", temp.resolve("mixed"));
    copy.manifest(
        manifest -> ((ObjectNode) manifest.at("/stages/2/outputs/0")).put("dtype", "uint8"));
    Bundle bundle = Bundle.open(copy.folder());

    assertThatThrownBy(() -> Stage.open(bundle, stage(bundle, "perceptual"), CPU).close())
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("stage stages/perceptual.onnx of bundle mixed 0.1.0 (")
        .hasMessageEndingWith(
            "output 'difference' is float [-1, 32, 64], expected uint8 [-1, 32, 64]");
  }

  @Test
  void valuesThatDoNotFillTheirShape_areAMistakeOfTheCaller() {
    assertThatThrownBy(() -> HostTensor.ofFloats(new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5 values of shape [2, 3]");
  }

  private static Stage open(String name) {
    return Stage.open(MIXED, stage(MIXED, name), CPU);
  }

  private static StageSpec stage(Bundle bundle, String name) {
    return bundle.stages().stream()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] bytes(HostTensor tensor) {
    byte[] bytes = new byte[tensor.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) tensor.at(i);
    }
    return bytes;
  }

  private static RgbPlane frame() {
    return Decoder.decodeRgb(MIXED.golden().orElseThrow().frameBytes(), ImageLimits.DEFAULT);
  }
}
