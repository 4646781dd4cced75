package dev.catseye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs as a user types them, on the toy bundles that keep their stages. */
final class BenchCommandTest {
  private static final Path RESOURCES = Path.of("..", "onnx-models", "src", "test", "resources");
  private static final Path MIXED = RESOURCES.resolve("mixed");
  private static final Path TOY = RESOURCES.resolve("toy");
  private static final Path STARTER = Path.of("..", "onnx-models", "bundles", "starter");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path temp;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void modules_timesEveryStageAndTheWhole() throws IOException {
    assertThat(bench("modules", MIXED, "--threads", "1")).isEqualTo(ExitCode.DONE);

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("bundle +mixed 0.1.0 \\(.*\\), plans synboost-light; fp32"))
        .anyMatch(line -> line.matches("frame +128x64, noise of seed 1"))
        .anyMatch(line -> line.matches("runtime +ONNX Runtime .*, provider CPU, threads 1"));
    assertThat(rows())
        .containsExactly(
            "segmentation", "synthesis", "perceptual", "dissimilarity", "chained", "fused, total");
    JsonNode json = json();
    assertThat(json.get("bench").textValue()).isEqualTo("modules");
    assertThat(json.at("/frame/width").intValue()).isEqualTo(128);
    assertThat(json.get("runs").intValue()).isEqualTo(2);
    assertThat(json.get("threads").intValue()).isEqualTo(1);
    assertThat(json.get("provider").textValue()).isEqualTo("CPU");
    assertThat(json.get("precision").textValue()).isEqualTo("fp32");
    assertThat(json.at("/machine/processor").textValue()).isNotEmpty();
    assertThat(json.get("stages")).hasSize(4);
    assertThat(json.at("/stages/3/name").textValue()).isEqualTo("dissimilarity");
    assertThat(json.at("/stages/3/p95_ms").doubleValue()).isPositive();
    assertThat(json.at("/fused/runs_ms")).hasSize(2);
  }

  @Test
  void softmaxBundle_hasOneStageAndTheWhole() throws IOException {
    assertThat(bench("modules", TOY)).isEqualTo(ExitCode.DONE);

    assertThat(rows()).containsExactly("segmentation", "chained", "fused, total");
  }

  @Test
  void fused_comparesTheTwo() throws IOException {
    assertThat(bench("fused", MIXED)).isEqualTo(ExitCode.DONE);

    assertThat(rows()).containsExactly("fused", "chained");
    assertThat(out.toString()).containsPattern("\nratio +\\d+\\.\\d{3} of the medians; ");
    JsonNode json = json();
    assertThat(json.get("bench").textValue()).isEqualTo("fused");
    assertThat(json.at("/fused/runs_ms")).hasSize(2);
    assertThat(json.at("/chained/runs_ms")).hasSize(2);
    assertThat(json.at("/ratio/of_medians").doubleValue()).isPositive();
  }

  @Test
  void stagesThatGiveOtherMaps_areNotTimed() throws Exception {
    Path changed = withOtherWeights();

    assertThat(bench("fused", changed)).isEqualTo(ExitCode.FAILED);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("catseye bench fused: the stages do not give what the fused graph gives, so")
        .containsPattern("synboost-light.anomaly differs in \\d+ of 2048 values");
    assertThat(temp.resolve("times.json")).doesNotExist();
  }

  @Test
  void picture_isScoredInsteadOfNoise() throws IOException {
    Path picture = TOY.resolve("golden/frame.png");

    assertThat(bench("fused", TOY, "--picture", picture.toString())).isEqualTo(ExitCode.DONE);

    assertThat(json().at("/frame/origin").textValue()).isEqualTo("picture " + picture);
    assertThat(json().at("/frame/width").intValue()).isEqualTo(128);
  }

  @Test
  void size_isThatOfTheNoise() throws IOException {
    assertThat(bench("fused", TOY, "--size", "97x31")).isEqualTo(ExitCode.DONE);

    assertThat(json().at("/frame/width").intValue()).isEqualTo(97);
    assertThat(json().at("/frame/height").intValue()).isEqualTo(31);
  }

  @Test
  void bundleWithoutStages_saysHowToGetThem() {
    assertThat(bench("modules", STARTER)).isEqualTo(ExitCode.FAILED);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("catseye bench modules: bundle starter ")
        .endsWith(
            " has no stages to time; `catseye-models compose` and `import` keep them with"
                + " --modules");
  }

  @Test
  void badOptions_areBadUsageInOneLineEach() {
    for (List<String> options :
        List.of(
            List.of("--runs", "0"),
            List.of("--runs", "100000"),
            List.of("--runs", "many"),
            List.of("--threads", "1000"),
            List.of("--threads", "0"),
            List.of("--size", "2048"),
            List.of("--size", "0x5"),
            List.of("--size", "9000x9000"),
            List.of("--size", "64x32", "--picture", "a.png"),
            List.of("--provider", "tpu"),
            List.of("--json", "/nowhere/times.json"),
            List.of("--json", temp.toString()))) {
      int code = run(command("fused", MIXED, options));

      assertThat(code).as("%s", options).isEqualTo(ExitCode.USAGE);
    }
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .hasSize(12)
        .allMatch(line -> line.startsWith("catseye bench fused: "));
    assertThat(err.toString())
        .contains("--runs 0 outside [1, 10000]")
        .contains("--threads 1000 outside [1, 256]")
        .contains("'2048' is no size such as 2048x1024")
        .contains("nothing can be written to /nowhere");
  }

  @Test
  void brokenInputs_areRefusedInOneLine() throws IOException {
    byte[] whole = Files.readAllBytes(TOY.resolve("golden/frame.png"));
    Path cut = Files.write(temp.resolve("cut.png"), Arrays.copyOf(whole, 150));

    assertThat(bench("fused", Path.of("nowhere"))).isEqualTo(ExitCode.FAILED);
    assertThat(bench("fused", TOY, "--picture", cut.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(bench("fused", TOY, "--picture", "missing.png")).isEqualTo(ExitCode.FAILED);

    assertThat(err.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line).isEqualTo("catseye bench fused: bundle nowhere: does not exist"),
            line ->
                assertThat(line)
                    .startsWith("catseye bench fused: " + cut + ": PNG truncated: 150 bytes"),
            line ->
                assertThat(line)
                    .isEqualTo("catseye bench fused: no such file or folder: missing.png"));
  }

  /** {@code mixed/} with other weights in the last network of the stages; hashes are right. */
  private Path withOtherWeights() throws Exception {
    Path copy = temp.resolve("mixed");
    try (Stream<Path> files = Files.walk(MIXED)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(MIXED.relativize(file).toString()));
      }
    }
    Path stage = copy.resolve("stages/dissimilarity.onnx");
    byte[] changed = withoutWeights(Files.readAllBytes(stage));
    Files.write(stage, changed);
    Path manifest = copy.resolve("bundle.json");
    JsonNode root = JSON.readTree(manifest.toFile());
    for (JsonNode entry : root.get("stages")) {
      if (entry.get("name").textValue().equals("dissimilarity")) {
        ((ObjectNode) entry)
            .put("bytes", changed.length)
            .put(
                "sha256",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(changed)));
      }
    }
    JSON.writeValue(manifest.toFile(), root);
    return copy;
  }

  /** The graph with its largest table of floats set to 0. */
  private static byte[] withoutWeights(byte[] onnx) throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(onnx).toBuilder();
    TensorProto.Builder largest =
        model.getGraphBuilder().getInitializerBuilderList().stream()
            .filter(tensor -> tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber())
            .max((one, other) -> one.getRawData().size() - other.getRawData().size())
            .orElseThrow();
    largest.setRawData(ByteString.copyFrom(new byte[largest.getRawData().size()]));
    return model.build().toByteArray();
  }

  /** Names of the rows of times. */
  private List<String> rows() {
    return out.toString()
        .lines()
        .dropWhile(line -> !line.startsWith("ms "))
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .map(line -> line.substring(0, 14).strip())
        .toList();
  }

  private JsonNode json() throws IOException {
    return JSON.readTree(temp.resolve("times.json").toFile());
  }

  private int bench(String what, Path bundle, String... options) {
    List<String> all =
        Stream.concat(
                Stream.of("--runs", "2", "--json", temp.resolve("times.json").toString()),
                Stream.of(options))
            .toList();
    return run(command(what, bundle, all));
  }

  private static String[] command(String what, Path bundle, List<String> options) {
    return Stream.concat(Stream.of("bench", what, "--bundle", bundle.toString()), options.stream())
        .toArray(String[]::new);
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
