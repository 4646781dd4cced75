package dev.catseye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.PngEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb as a user types it, on a kit that was made in Python from the bundle {@code mixed/}. */
final class ParityCommandTest {
  private static final Path RESOURCES = Path.of("..", "onnx-models", "src", "test", "resources");
  private static final Path MIXED = RESOURCES.resolve("mixed");

  @TempDir private Path temp;
  private Path kit;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void copyTheKit() throws IOException {
    kit = Files.createDirectory(temp.resolve("kit"));
    try (Stream<Path> files = Files.list(RESOURCES.resolve("kit"))) {
      for (Path file : files.toList()) {
        Files.copy(file, kit.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void soundBundle_passesEveryTensor() {
    assertThat(parity()).isEqualTo(ExitCode.DONE);

    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(30);
    assertThat(lines.subList(0, 29)).allMatch(line -> line.endsWith(" PASS"));
    assertThat(lines.get(29))
        .startsWith("PASS: 29 of 29 tensors within their tolerances; bundle mixed 0.1.0 (")
        .endsWith(", picture " + kit.resolve("street.png") + ", 1 threads");
    assertThat(lines.get(0))
        .isEqualTo(
            "segmentation  logits       largest 0.00e+00  mean 0.00e+00  100.000000 % within 0.005"
                + "  (100 % needed, mean 2.0e-4 at most)    PASS");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void everyStageAndTheFusedGraph_areCompared() {
    parity();

    assertThat(compared())
        .containsExactly(
            "segmentation logits",
            "segmentation class_map",
            "segmentation E8",
            "segmentation D8",
            "segmentation H_min",
            "segmentation H_max",
            "segmentation r_min",
            "segmentation r_max",
            "synthesis label256",
            "synthesis edge",
            "synthesis S8",
            "perceptual V",
            "perceptual V_min",
            "perceptual V_max",
            "perceptual P8",
            "dissimilarity q",
            "dissimilarity A",
            "enlarge final",
            "enlarge final_f16",
            "fused class_map",
            "fused E8",
            "fused D8",
            "fused label256",
            "fused edge",
            "fused S8",
            "fused P8",
            "fused q",
            "fused A",
            "fused final");
  }

  @Test
  void onePixelOfALabel_failsAndNothingElseDoes() throws IOException {
    alter("label256.png", values -> values[77] ^= 1);

    assertThat(parity()).isEqualTo(ExitCode.FAILED);

    assertThat(failed()).containsExactly("synthesis label256", "fused label256");
    assertThat(out.toString()).contains("FAIL: 27 of 29 tensors within their tolerances");
  }

  @Test
  void alteredSynthesisInput_failsTheStageThatMadeItNotThoseThatTakeIt() throws IOException {
    alter("P8.png", values -> Arrays.fill(values, 0, 640, (byte) 0));

    assertThat(parity()).isEqualTo(ExitCode.FAILED);

    assertThat(failed()).startsWith("perceptual P8").contains("dissimilarity q", "fused P8");
    assertThat(failed()).doesNotContain("perceptual V", "fused q");
  }

  @Test
  void alteredFloat_fails() throws IOException {
    byte[] score = Files.readAllBytes(kit.resolve("q.npy"));
    score[score.length - 2] ^= 0x10; // of the last value's exponent and fraction
    Files.write(kit.resolve("q.npy"), score);

    assertThat(parity()).isEqualTo(ExitCode.FAILED);

    assertThat(failed()).containsExactly("dissimilarity q");
  }

  @Test
  void alteredScalar_fails() throws IOException {
    meta(meta -> ((ObjectNode) meta.get("scalars")).put("H_max", 1.5));

    assertThat(parity()).isEqualTo(ExitCode.FAILED);

    assertThat(failed()).containsExactly("segmentation H_max");
  }

  @Test
  void json_holdsEveryFigure() throws IOException {
    Path json = temp.resolve("parity.json");

    assertThat(parity("--json", json.toString())).isEqualTo(ExitCode.DONE);

    JsonNode root = new ObjectMapper().readTree(json.toFile());
    assertThat(root.get("passed").booleanValue()).isTrue();
    assertThat(root.get("bundle").textValue()).isEqualTo("mixed 0.1.0");
    assertThat(root.get("tensors")).hasSize(29);
    JsonNode half = root.get("tensors").get(18);
    assertThat(half.get("tensor").textValue()).isEqualTo("final_f16");
    assertThat(half.get("largest_difference").doubleValue()).isBetween(1e-5, 5e-4);
    assertThat(half.get("within").doubleValue()).isEqualTo(6e-4);
    assertThat(half.get("mean_allowed").isNull()).isTrue();
  }

  @Test
  void pictureElsewhere_isNamedOrRefused() throws IOException {
    Path elsewhere = Files.move(kit.resolve("street.png"), temp.resolve("photo.png"));

    assertThat(parity("--image", elsewhere.toString())).isEqualTo(ExitCode.DONE);
    assertThat(parity()).isEqualTo(ExitCode.FAILED);
    assertThat(parity("--image", "nowhere.png")).isEqualTo(ExitCode.FAILED);

    assertThat(err.toString().lines().toList())
        .hasSize(2)
        .satisfies(
            lines -> {
              assertThat(lines.get(0))
                  .startsWith("catseye parity: no picture: street.png is neither in " + kit)
                  .endsWith("; --image names it");
              assertThat(lines.get(1))
                  .isEqualTo("catseye parity: no picture: there is no file nowhere.png");
            });
  }

  @Test
  void anotherPicture_isRefusedByItsHash() throws IOException {
    Files.copy(kit.resolve("P8.png"), temp.resolve("other.png"));

    assertThat(parity("--image", temp.resolve("other.png").toString())).isEqualTo(ExitCode.FAILED);

    assertError(
        "catseye parity: " + temp.resolve("other.png") + " is not the picture of kit " + kit);
  }

  @Test
  void missingKit_isRefused() {
    kit = temp.resolve("nowhere");

    assertThat(parity()).isEqualTo(ExitCode.FAILED);

    assertError("catseye parity: no kit: there is no folder " + kit);
  }

  @Test
  void folderWithoutMeta_isRefused() throws IOException {
    Files.delete(kit.resolve("meta.json"));

    assertThat(parity()).isEqualTo(ExitCode.FAILED);

    assertError("catseye parity: no kit: there is no file " + kit.resolve("meta.json"));
  }

  @Test
  void metaThatIsNoJsonOrNamesNoPicture_isRefused() throws IOException {
    meta(meta -> ((ObjectNode) meta.get("source_image")).remove("sha256"));
    assertThat(parity()).isEqualTo(ExitCode.FAILED);
    Files.writeString(kit.resolve("meta.json"), "{");
    assertThat(parity()).isEqualTo(ExitCode.FAILED);

    assertThat(err.toString().lines().toList())
        .hasSize(2)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).endsWith("meta.json: source_image.sha256 is missing");
              assertThat(lines.get(1)).contains("meta.json: no JSON: ");
            });
  }

  @Test
  void kitOfAnotherPipeline_isRefused() throws IOException {
    meta(meta -> meta.put("pipeline", "full"));

    assertThat(parity()).isEqualTo(ExitCode.FAILED);

    assertError("catseye parity: kit " + kit + " is of the pipeline 'full', expected 'light'");
  }

  @Test
  void missingGoldens_areToldTogether() throws IOException {
    for (String name : List.of("E8.png", "S8.png", "V.npy", "final.npz", "logits_every16.npz")) {
      Files.delete(kit.resolve(name));
    }

    assertThat(parity()).isEqualTo(ExitCode.FAILED);

    assertError(
        "catseye parity: kit "
            + kit
            + " lacks E8.png, S8.png, V.npy, final.npz, logits_every16.npz");
  }

  @Test
  void goldenThatIsNoPicture_isRefusedByName() throws IOException {
    Files.write(kit.resolve("D8.png"), new byte[] {1, 2, 3});

    assertThat(parity()).isEqualTo(ExitCode.FAILED);

    assertError("catseye parity: " + kit.resolve("D8.png") + ": 3 bytes that are neither");
  }

  @Test
  void goldenOfAnotherSize_isAMismatch() throws IOException {
    Files.write(
        kit.resolve("E8.png"), PngEncoder.encode(BytePlane.copyOf(64, 32, new byte[64 * 32])));

    assertThat(parity()).isEqualTo(ExitCode.FAILED);

    assertError(
        "catseye parity: E8 of the kit is uint8 [1, 32, 64], segmentation of the bundle makes uint8"
            + " [1, 64, 128] of it: they are of different sizes");
  }

  @Test
  void bundleWithoutTheStages_isRefusedBeforeAnythingRuns() {
    int code = run("parity", kit.toString(), "--bundle", RESOURCES.resolve("toy").toString());

    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("catseye parity: bundle toy 0.1.0 (")
        .endsWith(
            ") has no stage 'synthesis'; import or compose the plan synboost-light with --modules");
  }

  @Test
  void missingBundleOrBadThreads_areOneLineEach() {
    assertThat(run("parity", kit.toString(), "--bundle", "nowhere")).isEqualTo(ExitCode.FAILED);
    assertThat(run("parity", kit.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(parity("--threads", "0")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("catseye parity: "));
    assertThat(err.toString()).contains("bundle nowhere: does not exist").contains("--threads 0");
  }

  private int parity(String... options) {
    List<String> arguments = new ArrayList<>(List.of("parity", kit.toString()));
    arguments.addAll(List.of("--bundle", MIXED.toString()));
    if (!List.of(options).contains("--threads")) {
      arguments.addAll(List.of("--threads", "1"));
    }
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private void assertError(String beginning) {
    assertThat(err.toString().lines()).singleElement().asString().startsWith(beginning);
  }

  /** "step tensor" of every line. */
  private List<String> compared() {
    return lines(line -> true);
  }

  private List<String> failed() {
    return lines(line -> line.endsWith(" FAIL"));
  }

  private List<String> lines(Predicate<String> which) {
    return out.toString()
        .lines()
        .filter(line -> line.contains("largest") && which.test(line))
        .map(line -> line.substring(0, 26).replaceAll(" +", " ").strip())
        .toList();
  }

  private void alter(String png, Consumer<byte[]> change) throws IOException {
    Path file = kit.resolve(png);
    BytePlane map = Decoder.decodeLabels(Files.readAllBytes(file), ImageLimits.DEFAULT);
    byte[] values = map.toByteArray();
    change.accept(values);
    Files.write(file, PngEncoder.encode(BytePlane.owning(map.width(), map.height(), values)));
  }

  private void meta(Consumer<ObjectNode> change) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode meta = (ObjectNode) json.readTree(kit.resolve("meta.json").toFile());
    change.accept(meta);
    Files.write(kit.resolve("meta.json"), json.writeValueAsBytes(meta));
  }
}
