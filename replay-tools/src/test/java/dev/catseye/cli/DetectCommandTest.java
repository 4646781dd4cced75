package dev.catseye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.RgbPlane;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb as a user types it, on the toy bundle: its frame holds one box of a strange colour. */
final class DetectCommandTest {
  private static final Path RESOURCES = Path.of("..", "onnx-models", "src", "test", "resources");
  private static final Path TOY = RESOURCES.resolve("toy");

  @TempDir private Path temp;
  private Path street;
  private Path found;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void takeTheToysFrame() throws IOException {
    street = Files.copy(TOY.resolve("golden/frame.png"), temp.resolve("street.png"));
    found = temp.resolve("found");
  }

  @Test
  void picture_givesOverlayScoresAndRegions() throws IOException {
    assertThat(detect(street)).isEqualTo(ExitCode.DONE);

    assertThat(files(found))
        .containsExactly("street.overlay.png", "street.regions.json", "street.scores.png");
    RgbPlane overlay = Decoder.decodeRgb(read("street.overlay.png"), ImageLimits.DEFAULT);
    assertThat(overlay.width()).isEqualTo(128);
    assertThat(overlay.height()).isEqualTo(64);
    BytePlane scores = Decoder.decodeLabels(read("street.scores.png"), ImageLimits.DEFAULT);
    assertThat(scores.width()).isEqualTo(64);
    assertThat(scores.at(34, 23)).as("inside the box").isGreaterThan(200);
    JsonNode json = new ObjectMapper().readTree(read("street.regions.json"));
    assertThat(json.get("plan").textValue()).isEqualTo("entropy");
    assertThat(json.get("threshold").floatValue()).isEqualTo(0.5f);
    assertThat(json.get("regions")).hasSize(1);
    JsonNode region = json.get("regions").get(0);
    assertThat(region.get("x").intValue()).isBetween(58, 62);
    assertThat(region.get("y").intValue()).isBetween(38, 42);
    assertThat(region.get("width").intValue()).isBetween(12, 20);
    assertThat(region.get("peak_score").floatValue()).isGreaterThan(0.9f);
    assertThat(region.get("drivable_fraction").doubleValue())
        .as("the box lies on road")
        .isEqualTo(1);
  }

  @Test
  void onePicture_isOneLineOnStandardOutput() {
    detect(street);

    assertThat(out.toString().lines())
        .singleElement()
        .asString()
        .startsWith(street + ": 1 region, highest score 0.9")
        .endsWith(", " + found.resolve("street.overlay.png"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void picturesOfOneName_doNotOverwriteEachOther() throws IOException {
    Path other = Files.createDirectory(temp.resolve("other")).resolve("street.png");
    Files.copy(street, other);

    assertThat(detect(street, other)).isEqualTo(ExitCode.DONE);

    assertThat(files(found))
        .containsExactlyInAnyOrder(
            temp.getFileName() + "_street.png.overlay.png",
            temp.getFileName() + "_street.png.regions.json",
            temp.getFileName() + "_street.png.scores.png",
            "other_street.png.overlay.png",
            "other_street.png.regions.json",
            "other_street.png.scores.png");
  }

  @Test
  void secondRun_writesTheSameBytes() throws IOException {
    detect(street);
    byte[] overlay = read("street.overlay.png");
    byte[] regions = read("street.regions.json");

    assertThat(detect(street)).isEqualTo(ExitCode.DONE);

    assertThat(read("street.overlay.png")).isEqualTo(overlay);
    assertThat(read("street.regions.json")).isEqualTo(regions);
  }

  @Test
  void jpegUnderAPngsName_isNoMistake() throws IOException {
    Path lying = temp.resolve("lying.png");
    Files.copy(RESOURCES.resolve("pictures/colour.jpg"), lying);

    assertThat(detect(lying)).isEqualTo(ExitCode.DONE);

    JsonNode json = new ObjectMapper().readTree(read("lying.regions.json"));
    assertThat(json.get("format").textValue()).isEqualTo("JPEG");
  }

  @Test
  void truncatedPicture_isToldAndTheOthersAreDone() throws IOException {
    byte[] whole = Files.readAllBytes(street);
    Path cut = Files.write(temp.resolve("cut.png"), Arrays.copyOf(whole, 150));

    assertThat(detect(cut, street)).isEqualTo(ExitCode.LOSS);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("catseye detect: " + cut + ": PNG truncated: 150 bytes, needs ");
    assertThat(files(found)).allMatch(name -> name.startsWith("street."));
  }

  @Test
  void noUsablePicture_isAFailure() throws IOException {
    Path empty = Files.createFile(temp.resolve("empty.jpg"));
    Path missing = temp.resolve("missing.jpg");

    assertThat(detect(empty, missing, temp)).isEqualTo(ExitCode.FAILED);

    assertThat(err.toString().lines())
        .containsExactly(
            "catseye detect: " + empty + ": 0 bytes, expected a picture",
            "catseye detect: " + missing + ": no such file or folder: " + missing,
            "catseye detect: " + temp + ": is a folder; name the pictures in it");
    assertThat(files(found)).isEmpty();
  }

  @Test
  void threshold_overridesTheOperatingPoint() throws IOException {
    assertThat(detect(List.of("--threshold", "1"), street)).isEqualTo(ExitCode.DONE);

    JsonNode json = new ObjectMapper().readTree(read("street.regions.json"));
    assertThat(json.get("operating_point").textValue()).isEqualTo("given");
    assertThat(json.get("regions")).isEmpty();
  }

  @Test
  void otherPlan_isComputed() throws IOException {
    assertThat(detect(List.of("--plan", "msp"), street)).isEqualTo(ExitCode.DONE);

    JsonNode json = new ObjectMapper().readTree(read("street.regions.json"));
    assertThat(json.get("plan").textValue()).isEqualTo("msp");
  }

  @Test
  void badOptions_areBadUsageInOneLineEach() {
    assertThat(detect(List.of("--plan", "best"), street)).isEqualTo(ExitCode.USAGE);
    assertThat(detect(List.of("--threshold", "1.5"), street)).isEqualTo(ExitCode.USAGE);
    assertThat(detect(List.of("--threads", "0"), street)).isEqualTo(ExitCode.USAGE);
    assertThat(detect(List.of("--min-area", "0"), street)).isEqualTo(ExitCode.USAGE);
    assertThat(detect()).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString().lines())
        .hasSize(5)
        .allMatch(line -> line.startsWith("catseye detect: "));
    assertThat(err.toString())
        .contains("no plan 'best' in bundle toy 0.1.0 (")
        .contains("; it has entropy, msp")
        .contains("--threshold 1.5 outside [0, 1]")
        .contains("PICTURE");
  }

  @Test
  void outputThatIsAFile_isRefusedBeforeAnythingIsLoaded() throws IOException {
    Files.createFile(found);

    assertThat(detect(street)).isEqualTo(ExitCode.FAILED);

    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "catseye detect: " + found + " is a file, expected a folder for the results");
  }

  @Test
  void outputThatCannotBeMade_isRefusedInOneLine() {
    found = Path.of("/proc/catseye/found");

    assertThat(detect(street)).isEqualTo(ExitCode.FAILED);

    assertThat(err.toString().lines()).singleElement().asString().contains("/proc/catseye");
  }

  @Test
  void missingBundle_isRefusedInOneLine() {
    int code = run("detect", street.toString(), "--bundle", "nowhere", "-o", found.toString());

    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("catseye detect: bundle nowhere: does not exist");
  }

  private int detect(Path... pictures) {
    return detect(List.of(), pictures);
  }

  private int detect(List<String> options, Path... pictures) {
    List<String> arguments = new ArrayList<>(List.of("detect"));
    Arrays.stream(pictures).map(Path::toString).forEach(arguments::add);
    arguments.addAll(List.of("--bundle", TOY.toString(), "-o", found.toString()));
    arguments.addAll(options);
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private byte[] read(String name) throws IOException {
    return Files.readAllBytes(found.resolve(name));
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
