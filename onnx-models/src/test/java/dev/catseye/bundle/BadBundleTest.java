package dev.catseye.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catseye.testing.ToyBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One mistake each; the refusal names it and nothing else. */
class BadBundleTest {
  @TempDir private Path temp;
  private ToyBundle toy;

  @BeforeEach
  void copyTheToy() {
    toy = ToyBundle.copyTo(temp.resolve("toy"));
  }

  @Test
  void missingManifest() {
    toy.delete("bundle.json");

    assertThat(problems()).containsExactly("bundle.json: missing");
  }

  @Test
  void brokenJson() {
    toy.write(
        "bundle.json", "{\n\"format\": 1,\n\"name\" \"toy\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("bundle.json line 3: ")
        .contains("colon");
  }

  @Test
  void doubledKey() {
    toy.write("bundle.json", "{\"format\": 1,\n\"format\": 1}".getBytes(StandardCharsets.UTF_8));

    assertThat(problems()).containsExactly("bundle.json line 2: Duplicate field 'format'");
  }

  @Test
  void manifestThatIsNoObject() {
    toy.write("bundle.json", "[]".getBytes(StandardCharsets.UTF_8));

    assertThat(problems()).containsExactly("bundle.json holds no JSON object");
  }

  @Test
  void unknownFormat() {
    toy.manifest(manifest -> manifest.put("format", 2));

    assertThat(problems()).containsExactly("bundle.json format: 2, this version reads 1");
  }

  @Test
  void missingFile() {
    toy.delete("golden/msp.anomaly.png");

    assertThat(problems()).containsExactly("golden/msp.anomaly.png: missing");
  }

  @Test
  void truncatedGraph() throws IOException {
    byte[] whole = Files.readAllBytes(toy.file(ToyBundle.GRAPH));
    toy.write(ToyBundle.GRAPH, Arrays.copyOf(whole, 5000));

    assertThat(problems())
        .containsExactly("graphs/fused.onnx: 5000 bytes, bundle.json says " + whole.length);
  }

  @Test
  void longerFile() throws IOException {
    byte[] whole = Files.readAllBytes(toy.file("golden/frame.png"));
    toy.write("golden/frame.png", new byte[200_000]);

    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("golden/frame.png: more than ")
        .endsWith(" bytes, bundle.json says " + whole.length);
  }

  @Test
  void flippedBitInTheGraph() throws IOException {
    byte[] bytes = Files.readAllBytes(toy.file(ToyBundle.GRAPH));
    String promised = ToyBundle.sha256(bytes);
    bytes[3000] ^= 4;
    toy.write(ToyBundle.GRAPH, bytes);

    assertThat(problems())
        .containsExactly(
            String.format(
                "graphs/fused.onnx: SHA-256 %s, bundle.json says %s",
                ToyBundle.sha256(bytes), promised));
  }

  @Test
  void flippedBitInAModuleThatIsNeverRun() throws IOException {
    byte[] bytes = Files.readAllBytes(toy.file("modules/segmentation.onnx"));
    bytes[100] ^= 1;
    toy.write("modules/segmentation.onnx", bytes);

    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("modules/segmentation.onnx: SHA-256 ");
  }

  @Test
  void fileThatTheManifestDoesNotName() {
    toy.write("graphs/extra.bin", new byte[3]);

    assertThat(problems())
        .containsExactly("graphs/extra.bin: lies in the bundle but bundle.json does not name it");
  }

  @Test
  void pathThatLeavesTheFolder() throws IOException {
    Files.move(toy.file("golden/frame.png"), temp.resolve("frame.png"));
    toy.manifest(
        manifest -> ((ObjectNode) manifest.at("/golden/frame")).put("file", "../frame.png"));

    assertThat(problems()).containsExactly("../frame.png: is no plain path inside the bundle");
  }

  @Test
  void absolutePath() throws IOException {
    Path outside = temp.resolve("frame.png");
    Files.move(toy.file("golden/frame.png"), outside);
    toy.manifest(
        manifest -> ((ObjectNode) manifest.at("/golden/frame")).put("file", outside.toString()));

    assertThat(problems()).containsExactly(outside + ": is no plain path inside the bundle");
  }

  @Test
  void linkToAFileOutside() throws IOException {
    Path outside = temp.resolve("fused.onnx");
    Files.move(toy.file(ToyBundle.GRAPH), outside);
    Files.createSymbolicLink(toy.file(ToyBundle.GRAPH), outside);

    assertThat(problems())
        .containsExactly(
            "graphs/fused.onnx: is a link, only plain files are allowed",
            "graphs/fused.onnx: missing");
  }

  @Test
  void linkToAFolderOutside() throws IOException {
    Files.createDirectory(temp.resolve("elsewhere"));
    Files.createSymbolicLink(toy.file("more"), temp.resolve("elsewhere"));

    assertThat(problems()).containsExactly("more: is a link, only plain files are allowed");
  }

  @Test
  void graphThatIsNoOnnx() {
    toy.graph("hello, this is no graph".getBytes(StandardCharsets.UTF_8));

    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("graphs/fused.onnx: is no ONNX file: ");
  }

  @Test
  void graphOfAnotherOpset() {
    toy.graph(model -> opset(model, "", 17));

    assertThat(problems()).containsExactly("graphs/fused.onnx: is of opset 17, expected 18");
  }

  @Test
  void graphThatNamesNoOpset() {
    toy.graph(model -> model.clearOpsetImport());

    assertThat(problems()).containsExactly("graphs/fused.onnx: names no opset, expected 18");
  }

  @Test
  void manifestOfAnotherOpset() {
    toy.graph(model -> opset(model, "", 21));
    toy.manifest(manifest -> graph(manifest).put("opset", 21));

    assertThat(problems())
        .containsExactly("bundle.json graphs[0].opset: 21, this version runs opset 18");
  }

  @Test
  void importedDomain() {
    toy.graph(
        model ->
            model.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1)));

    assertThat(problems())
        .containsExactly("graphs/fused.onnx: imports the operator domain 'com.microsoft'");
  }

  @Test
  void operatorOfACustomDomainDeepInASubgraph() {
    NodeProto custom = NodeProto.newBuilder().setOpType("Evil").setDomain("my.ops").build();
    toy.graph(
        model -> {
          model.getGraphBuilder().addNode(branching(branch().addNode(custom).build()));
          return model;
        });

    assertThat(problems())
        .containsExactly("graphs/fused.onnx: operator my.ops::Evil of a custom domain");
  }

  @Test
  void localFunctions() {
    toy.graph(model -> model.addFunctions(FunctionProto.newBuilder().setName("own").build()));

    assertThat(problems()).containsExactly("graphs/fused.onnx: defines 1 functions of its own");
  }

  @Test
  void weightsInAnotherFile() {
    toy.graph(
        model -> {
          model.getGraphBuilder().addInitializer(external("w", "../../etc/passwd"));
          return model;
        });

    assertThat(problems())
        .containsExactly("graphs/fused.onnx: tensor 'w' keeps its data outside of the file");
  }

  @Test
  void constantOfASubgraphInAnotherFile() {
    AttributeProto value =
        AttributeProto.newBuilder().setName("value").setT(external("c", "data.bin")).build();
    NodeProto constant = NodeProto.newBuilder().setOpType("Constant").addAttribute(value).build();
    toy.graph(
        model -> {
          model.getGraphBuilder().addNode(branching(branch().addNode(constant).build()));
          return model;
        });

    assertThat(problems())
        .containsExactly("graphs/fused.onnx: tensor 'c' keeps its data outside of the file");
  }

  @Test
  void planWithoutItsOutput() {
    toy.manifest(manifest -> plan(manifest, 0).put("output", "energy.anomaly"));

    assertThat(problems())
        .containsExactly(
            "bundle.json plan 'entropy': graphs/fused.onnx has no output 'energy.anomaly'");
  }

  @Test
  void planOnAnotherPlansOutput() {
    toy.manifest(manifest -> plan(manifest, 0).put("output", "msp.anomaly"));

    assertThat(problems())
        .containsExactly(
            "bundle.json plan 'entropy': output 'msp.anomaly' is the uint8 map 'anomaly' of plan"
                + " 'msp', expected its own uint8 map 'anomaly'");
  }

  @Test
  void planOnAnUnknownGraph() {
    toy.manifest(manifest -> plan(manifest, 1).put("graph", "graphs/other.onnx"));

    assertThat(problems()).containsExactly("bundle.json plan 'msp': no graph 'graphs/other.onnx'");
  }

  @Test
  void planWithoutItsClassMap() {
    toy.manifest(manifest -> plan(manifest, 0).put("class_map", "classes"));

    assertThat(problems())
        .containsExactly(
            "bundle.json plan 'entropy': no uint8 class map 'classes' in graphs/fused.onnx");
  }

  @Test
  void planNamedTwice() {
    toy.manifest(
        manifest ->
            ((ArrayNode) manifest.get("plans")).add(manifest.get("plans").get(0).deepCopy()));

    assertThat(problems()).containsExactly("bundle.json plan 'entropy' is named twice");
  }

  @Test
  void planWithoutOperatingPoint() {
    toy.manifest(manifest -> ((ArrayNode) plan(manifest, 0).get("operating_points")).removeAll());

    assertThat(problems())
        .containsExactly("bundle.json plans[0].operating_points: 0 elements, expected 1 or more");
  }

  @Test
  void thresholdOutsideItsRange() {
    toy.manifest(
        manifest ->
            ((ObjectNode) plan(manifest, 0).get("operating_points").get(0)).put("threshold", 1.5));

    assertThat(problems())
        .containsExactly(
            "bundle.json plans[0].operating_points[0].threshold: 1.5 outside [0.0, 1.0]");
  }

  @Test
  void unknownDefaultPlan() {
    toy.manifest(manifest -> manifest.put("default_plan", "best"));

    assertThat(problems()).containsExactly("bundle.json default_plan: 'best' is none of the plans");
  }

  @Test
  void drivableClassThatIsNone() {
    toy.manifest(
        manifest -> ((ArrayNode) manifest.at("/label_space/drivable")).removeAll().add("river"));

    assertThat(problems())
        .containsExactly("bundle.json label_space.drivable: 'river' is none of the classes");
  }

  @Test
  void inputOfAnotherOrder() {
    toy.manifest(manifest -> ((ObjectNode) graph(manifest).get("input")).put("order", "BGR"));

    assertThat(problems())
        .containsExactly("bundle.json graphs[0].input.order: 'BGR', expected 'RGB'");
  }

  @Test
  void goldenAnswerOfAnUnknownOutput() {
    toy.manifest(
        manifest -> ((ObjectNode) manifest.at("/golden/expected/0")).put("output", "x.anomaly"));

    assertThat(problems())
        .containsExactly("bundle.json golden: no graph has a uint8 map 'x.anomaly'");
  }

  @Test
  void outputOfAnUnknownLayout() {
    toy.manifest(manifest -> output(manifest, 1).put("layout", "NCHW"));

    assertThat(problems())
        .containsExactly(
            "bundle.json graphs[0].outputs[1].layout: 'NCHW', expected 'NHW' or 'NHWC'");
  }

  @Test
  void outputOfHalfASize() {
    toy.manifest(manifest -> output(manifest, 1).putObject("size").put("width", 64));

    assertThat(problems())
        .containsExactly(
            "bundle.json graphs[0].outputs[1].size.height: expected a whole number, found nothing");
  }

  @Test
  void outputWithoutPixels() {
    toy.manifest(
        manifest -> output(manifest, 1).putObject("size").put("width", 64).put("height", 0));

    assertThat(problems())
        .containsExactly("bundle.json graphs[0].outputs[1].size.height: 0 outside [1, 65536]");
  }

  @Test
  void pictureOfFloats() {
    toy.manifest(manifest -> output(manifest, 1).put("layout", "NHWC"));

    assertThat(problems())
        .containsExactly(
            "bundle.json graphs[0].outputs[1].layout: 'NHWC' of float32, pictures hold uint8");
  }

  @Test
  void planWhoseAnomalyMapIsAPicture() {
    toy.manifest(manifest -> output(manifest, 0).put("layout", "NHWC"));

    assertThat(problems())
        .containsExactly(
            "bundle.json plan 'entropy': output 'entropy.anomaly' is the uint8 picture 'anomaly' of"
                + " plan 'entropy', expected its own uint8 map 'anomaly'",
            "bundle.json golden: no graph has a uint8 map 'entropy.anomaly'");
  }

  @Test
  void planWhoseClassMapHasOtherPixels() {
    toy = ToyBundle.copyOf("mixed", temp.resolve("mixed"));
    toy.manifest(manifest -> plan(manifest, 0).put("class_map", "class_map"));

    assertThat(problems())
        .containsExactly(
            "bundle.json plan 'synboost-light': class map 'class_map' is 128x64, the anomaly map"
                + " 64x32");
  }

  @Test
  void goldenAnswerThatIsAPicture() {
    toy = ToyBundle.copyOf("mixed", temp.resolve("mixed"));
    toy.manifest(
        manifest -> ((ObjectNode) manifest.at("/golden/expected/0")).put("output", "synthesis"));

    assertThat(problems())
        .containsExactly("bundle.json golden: no graph has a uint8 map 'synthesis'");
  }

  @Test
  void flippedBitInAStage() throws IOException {
    byte[] bytes = Files.readAllBytes(toy.file("stages/segmentation.onnx"));
    bytes[100] ^= 1;
    toy.write("stages/segmentation.onnx", bytes);

    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("stages/segmentation.onnx: SHA-256 ");
  }

  @Test
  void stageThatTakesWhatNobodyGives() {
    toy = ToyBundle.copyOf("mixed", temp.resolve("mixed"));
    toy.manifest(manifest -> stageInput(manifest, 2, 0).put("name", "photo"));

    assertThat(problems())
        .containsExactly(
            "bundle.json stage 'perceptual' takes 'photo', which no stage before it gives");
  }

  @Test
  void stageThatTakesAnotherShapeThanIsGiven() {
    toy = ToyBundle.copyOf("mixed", temp.resolve("mixed"));
    toy.manifest(
        manifest -> ((ObjectNode) stageInput(manifest, 1, 0).get("size")).put("width", 63));

    assertThat(problems())
        .containsExactly(
            "bundle.json stage 'synthesis' takes 'semantic' of another type or shape than is given");
  }

  @Test
  void stagesThatGiveTheSame() {
    toy = ToyBundle.copyOf("mixed", temp.resolve("mixed"));
    toy.manifest(
        manifest -> ((ObjectNode) manifest.at("/stages/4/outputs/0")).put("name", "dissimilarity"));

    assertThat(problems())
        .containsExactly(
            "bundle.json stage 'comparator' gives 'dissimilarity', which is there already");
  }

  @Test
  void stageNamedTwice() {
    toy = ToyBundle.copyOf("mixed", temp.resolve("mixed"));
    toy.manifest(manifest -> ((ObjectNode) manifest.at("/stages/4")).put("name", "perceptual"));

    assertThat(problems()).containsExactly("bundle.json stage 'perceptual' is named twice");
  }

  @Test
  void stageTensorWithoutSizeOrChannels() {
    toy.manifest(manifest -> ((ObjectNode) manifest.at("/stages/0/outputs/0")).remove("size"));
    toy.manifest(manifest -> ((ObjectNode) manifest.at("/stages/0/outputs/0")).remove("channels"));

    assertThat(problems())
        .containsExactly(
            "bundle.json stages[0].outputs[0].channels: expected a whole number, found nothing",
            "bundle.json stages[0].outputs[0].size.width: expected a whole number, found nothing",
            "bundle.json stages[0].outputs[0].size.height: expected a whole number, found nothing");
  }

  @Test
  void severalMistakes_areToldTogether() {
    toy.delete("golden/frame.png").write("notes.txt", new byte[1]);
    toy.manifest(
        manifest -> {
          manifest.remove("licence");
          plan(manifest, 0).put("score", 7);
          graph(manifest).put("precision", true);
        });

    assertThat(problems())
        .containsExactly(
            "bundle.json licence: expected a text, found nothing",
            "bundle.json graphs[0].precision: expected a text, found true",
            "bundle.json plans[0].score: expected a text, found 7",
            "notes.txt: lies in the bundle but bundle.json does not name it",
            "golden/frame.png: missing");
  }

  private List<String> problems() {
    ModelException refusal =
        catchThrowableOfType(ModelException.class, () -> Bundle.open(toy.folder()));
    assertThat(refusal).as("the bundle is refused").isNotNull();
    return refusal.problems();
  }

  private static ObjectNode graph(JsonNode manifest) {
    return (ObjectNode) manifest.get("graphs").get(0);
  }

  private static ObjectNode stageInput(JsonNode manifest, int stage, int index) {
    return (ObjectNode) manifest.get("stages").get(stage).get("inputs").get(index);
  }

  private static ObjectNode output(JsonNode manifest, int index) {
    return (ObjectNode) graph(manifest).get("outputs").get(index);
  }

  private static ObjectNode plan(JsonNode manifest, int index) {
    return (ObjectNode) manifest.get("plans").get(index);
  }

  private static ModelProto.Builder opset(ModelProto.Builder model, String domain, int version) {
    return model
        .clearOpsetImport()
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version));
  }

  private static GraphProto.Builder branch() {
    return GraphProto.newBuilder().setName("branch");
  }

  private static NodeProto branching(GraphProto branch) {
    return NodeProto.newBuilder()
        .setOpType("If")
        .addAttribute(AttributeProto.newBuilder().setName("then_branch").setG(branch))
        .build();
  }

  private static TensorProto external(String name, String location) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(StringStringEntryProto.newBuilder().setKey("location").setValue(location))
        .build();
  }
}
