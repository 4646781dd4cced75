package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.ModelException;
import dev.catseye.bundle.OutputSpec;
import dev.catseye.bundle.PlanSpec;
import dev.catseye.testing.ToyBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph that is not what its manifest says stops the start. */
class GraphMismatchTest {
  @TempDir private Path temp;
  private ToyBundle toy;

  @BeforeEach
  void copyTheToy() {
    toy = ToyBundle.copyTo(temp.resolve("toy"));
  }

  @Test
  void inputOfAnotherName() {
    toy.manifest(manifest -> ((ObjectNode) graph(manifest).get("input")).put("name", "image"));

    assertThat(problems()).containsExactly("inputs [frames], expected [image]");
  }

  @Test
  void inputOfOneSizeOnly() {
    toy.graph(
        model -> {
          model
              .getGraphBuilder()
              .getInputBuilder(0)
              .getTypeBuilder()
              .getTensorTypeBuilder()
              .getShapeBuilder()
              .getDimBuilder(1)
              .setDimValue(720);
          return model;
        });

    assertThat(problems())
        .containsExactly(
            "input 'frames' is uint8 [-1, 720, -1, 3], expected uint8 [-1, -1, -1, 3]");
  }

  @Test
  void outputThatTheGraphDoesNotHave() {
    toy.manifest(manifest -> output(manifest, 1).put("name", "energy.score"));

    assertThat(problems())
        .containsExactly(
            "no output 'energy.score'; it has [entropy.anomaly, entropy.score, msp.anomaly,"
                + " msp.score, class_map]");
  }

  @Test
  void outputOfAnotherType() {
    toy.manifest(manifest -> output(manifest, 1).put("dtype", "uint8"));

    assertThat(problems())
        .containsExactly(
            "output 'entropy.score' is float [-1, 32, 64], expected uint8 [-1, 32, 64]");
  }

  @Test
  void outputsOfAnotherSize() {
    toy.withoutGolden()
        .manifest(manifest -> ((ObjectNode) graph(manifest).get("working_size")).put("width", 128));

    assertThat(problems())
        .hasSize(5)
        .contains("output 'class_map' is uint8 [-1, 32, 64], expected uint8 [-1, 32, 128]");
  }

  @Test
  void outputOfAnotherSizeThanItsOwn() {
    toy = ToyBundle.copyOf("mixed", temp.resolve("mixed"));
    toy.manifest(manifest -> output(manifest, "entropy").remove("size"));

    assertThat(problems())
        .containsExactly("output 'entropy' is uint8 [-1, 64, 128], expected uint8 [-1, 32, 64]");
  }

  @Test
  void pictureThatIsSaidToBeAMap() {
    toy = ToyBundle.copyOf("mixed", temp.resolve("mixed"));
    toy.manifest(manifest -> output(manifest, "synthesis").put("layout", "NHW"));

    assertThat(problems())
        .containsExactly(
            "output 'synthesis' is uint8 [-1, 32, 64, 3], expected uint8 [-1, 32, 64]");
  }

  @Test
  void graphThatTheRuntimeRefuses() {
    toy.graph(
        model -> {
          model.getGraphBuilder().getNodeBuilder(0).setOpType("NoSuchOperator");
          return model;
        });

    assertThat(problems()).singleElement().asString().startsWith("cannot be loaded: ");
  }

  private List<String> problems() {
    Bundle bundle = Bundle.open(toy.folder());
    ModelException refusal =
        catchThrowableOfType(
            ModelException.class, () -> OnnxDetector.open(bundle, ofEverything(bundle)).close());
    assertThat(refusal).as("the graph is refused").isNotNull();
    assertThat(refusal)
        .hasMessageStartingWith(
            "graph graphs/fused.onnx of bundle %s 0.1.0 (", toy.folder().getFileName());
    return refusal.problems();
  }

  /** Of every plan and output: what is not asked for is not looked at. */
  private static DetectorConfig ofEverything(Bundle bundle) {
    Set<String> outputs =
        bundle.graphs().get(0).outputs().stream().map(OutputSpec::name).collect(Collectors.toSet());
    List<String> plans = bundle.plans().stream().map(PlanSpec::name).toList();
    return new DetectorConfig(Provider.CPU, false, 1, plans, outputs);
  }

  private static ObjectNode graph(ObjectNode manifest) {
    return (ObjectNode) manifest.get("graphs").get(0);
  }

  private static ObjectNode output(ObjectNode manifest, int index) {
    return (ObjectNode) graph(manifest).get("outputs").get(index);
  }

  private static ObjectNode output(ObjectNode manifest, String name) {
    for (JsonNode output : graph(manifest).get("outputs")) {
      if (output.get("name").textValue().equals(name)) {
        return (ObjectNode) output;
      }
    }
    throw new AssertionError("no output " + name);
  }
}
