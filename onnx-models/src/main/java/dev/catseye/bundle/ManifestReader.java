package dev.catseye.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code bundle.json}, format 1. Keys it does not know are left alone: a later writer may say
 * more.
 */
final class ManifestReader {
  static final int FORMAT = 1;

  /** Graphs are written for this opset: antialiased Resize came with it. */
  static final int OPSET = 18;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private record Size(int width, int height) {}

  private ManifestReader() {}

  /**
   * Reads the text.
   *
   * @param problems where mistakes are noted
   * @return empty when the text is no JSON object of our format, so that nothing more can be said;
   *     otherwise what was understood, to be used only if no problem was noted
   */
  static Optional<Manifest> read(byte[] json, List<String> problems) {
    JsonNode tree;
    try {
      tree = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      problems.add(
          String.format(
              "bundle.json line %d: %s", e.getLocation().getLineNr(), e.getOriginalMessage()));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!tree.isObject()) {
      problems.add("bundle.json holds no JSON object");
      return Optional.empty();
    }
    Node root = Node.root(tree, problems);
    if (!tree.path("format").isInt() || tree.path("format").intValue() != FORMAT) {
      root.at("format").problem("%s, this version reads %d".formatted(tree.path("format"), FORMAT));
      return Optional.empty();
    }
    Manifest manifest = manifest(root);
    new ManifestCheck(root, manifest).run();
    return Optional.of(manifest);
  }

  private static Manifest manifest(Node root) {
    return new Manifest(
        root.text("name"),
        root.text("version"),
        root.text("licence"),
        labels(root.at("label_space")),
        root.each("graphs", 1, ManifestReader::graph),
        root.text("default_plan"),
        root.each("plans", 1, ManifestReader::plan),
        root.at("modules").exists() ? root.each("modules", 0, ManifestReader::module) : List.of(),
        root.at("stages").exists() ? root.each("stages", 0, ManifestReader::stage) : List.of(),
        root.at("golden").exists() ? Optional.of(golden(root.at("golden"))) : Optional.empty());
  }

  private static LabelSpace labels(Node node) {
    LabelSpace labels =
        new LabelSpace(node.text("name"), node.texts("classes"), node.texts("drivable"));
    Set<String> known = new HashSet<>(labels.classes());
    labels.drivable().stream()
        .filter(name -> !known.contains(name))
        .forEach(
            name -> node.at("drivable").problem("'%s' is none of the classes".formatted(name)));
    return labels;
  }

  private static GraphSpec graph(Node node) {
    Size working = size(node.at("working_size"));
    int opset = (int) node.integer("opset", 1, 1000);
    if (opset != OPSET) {
      node.at("opset").problem("%d, this version runs opset %d".formatted(opset, OPSET));
    }
    return new GraphSpec(
        file(node),
        opset,
        node.text("precision"),
        input(node.at("input")),
        node.each("outputs", 1, output -> output(output, working)));
  }

  private static Size size(Node node) {
    return new Size(
        (int) node.integer("width", 1, 1 << 16), (int) node.integer("height", 1, 1 << 16));
  }

  private static InputSpec input(Node node) {
    return new InputSpec(
        node.text("name"),
        type(node, Optional.of(DataType.UINT8)),
        node.oneOf("layout", "NHWC"),
        node.oneOf("order", "RGB"));
  }

  /** An output has the graph's working size unless it says another. */
  private static OutputSpec output(Node node, Size working) {
    Size size = node.at("size").exists() ? size(node.at("size")) : working;
    DataType type = type(node, Optional.empty());
    boolean isPicture = node.oneOf("layout", "NHW", "NHWC").equals("NHWC");
    if (isPicture && type != DataType.UINT8) {
      node.at("layout").problem("'NHWC' of %s, pictures hold uint8".formatted(type.word()));
    }
    return new OutputSpec(
        node.text("name"),
        type,
        size.width(),
        size.height(),
        isPicture ? 3 : 1,
        node.optionalText("plan"),
        node.text("map"),
        node.truth("always"));
  }

  private static DataType type(Node node, Optional<DataType> expected) {
    String word = node.text("dtype");
    Optional<DataType> type = DataType.of(word);
    if (!word.isEmpty() && (type.isEmpty() || (expected.isPresent() && !type.equals(expected)))) {
      node.at("dtype")
          .problem(
              "'%s', expected %s"
                  .formatted(word, expected.map(DataType::word).orElse("uint8 or float32")));
    }
    return type.orElse(DataType.UINT8);
  }

  private static PlanSpec plan(Node node) {
    return new PlanSpec(
        node.text("name"),
        node.text("graph"),
        node.text("output"),
        node.optionalText("class_map"),
        node.text("score"),
        node.each("operating_points", 1, ManifestReader::operatingPoint));
  }

  private static OperatingPoint operatingPoint(Node node) {
    return new OperatingPoint(
        node.text("name"), (float) node.real("threshold", 0, 1), node.text("source"));
  }

  private static ModuleSpec module(Node node) {
    return new ModuleSpec(node.text("name"), file(node));
  }

  private static StageSpec stage(Node node) {
    return new StageSpec(
        node.text("name"),
        file(node),
        node.each("inputs", 1, ManifestReader::tensor),
        node.each("outputs", 1, ManifestReader::tensor));
  }

  /** A tensor without size may have any; only frames are like that. */
  private static TensorSpec tensor(Node node) {
    String name = node.text("name");
    DataType type = type(node, Optional.empty());
    String word = node.oneOf("layout", "NHW", "NHWC", "NCHW");
    Layout layout = Layout.of(word).orElse(Layout.NHW);
    int channels =
        switch (layout) {
          case NHW -> 1;
          case NHWC -> 3;
          case NCHW -> (int) node.integer("channels", 1, 1 << 16);
        };
    Size size =
        name.equals(StageSpec.FRAMES.name())
            ? new Size(TensorSpec.OPEN, TensorSpec.OPEN)
            : size(node.at("size"));
    return new TensorSpec(name, type, layout, channels, size.width(), size.height());
  }

  private static Manifest.GoldenSpec golden(Node node) {
    return new Manifest.GoldenSpec(
        file(node.at("frame")), node.each("expected", 1, ManifestReader::expected));
  }

  private static Manifest.ExpectedSpec expected(Node node) {
    return new Manifest.ExpectedSpec(
        node.text("output"),
        file(node),
        (int) node.integer("max_difference", 0, 255),
        node.real("share", 0, 1));
  }

  private static FileSpec file(Node node) {
    String sha256 = node.text("sha256").toLowerCase(Locale.ROOT);
    if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}")) {
      node.at("sha256").problem("'%s' is no SHA-256 (64 hex digits)".formatted(sha256));
    }
    return new FileSpec(node.text("file"), node.integer("bytes", 0, Long.MAX_VALUE), sha256);
  }
}
