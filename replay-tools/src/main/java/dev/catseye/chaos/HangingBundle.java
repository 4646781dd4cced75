package dev.catseye.chaos;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of a bundle that does not come back from a picture of {@link #ROWS} rows and gives every
 * other picture the answer that it had: the graph counts rows first, and goes round in a Loop
 * without end where they are as many as that. The service knows nothing of it.
 */
final class HangingBundle {
  /** Rows of the picture that it does not come back from; no other picture of a run has as many. */
  static final int ROWS = 331;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long ROUNDS = 1L << 62;
  private static final String PREFIX = "hang.";
  private static final String ZERO = PREFIX + "zero";

  private HangingBundle() {}

  /**
   * Makes the copy.
   *
   * @param bundle folder of a bundle
   * @param folder that is to hold the copy; not there yet
   * @return {@code folder}
   */
  static Path of(Path bundle, Path folder) throws IOException {
    copy(bundle, folder);
    Path manifest = folder.resolve("bundle.json");
    JsonNode root = JSON.readTree(manifest.toFile());
    ((ObjectNode) root).put("name", root.get("name").asText() + "-that-hangs");
    for (JsonNode graph : root.get("graphs")) {
      Path file = folder.resolve(graph.get("file").asText());
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
      GraphProto hanging = hanging(model.getGraph(), graph.get("input").get("name").asText());
      byte[] bytes = model.toBuilder().setGraph(hanging).build().toByteArray();
      Files.write(file, bytes);
      ((ObjectNode) graph).put("bytes", bytes.length).put("sha256", sha256(bytes));
    }
    Files.write(manifest, JSON.writeValueAsBytes(root));
    return folder;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The graph behind nodes that hand {@code frames} on once the Loop is over. */
  private static GraphProto hanging(GraphProto graph, String frames) {
    String passed = PREFIX + frames;
    GraphProto.Builder hanging = graph.toBuilder().clearNode();
    hanging.addInitializer(scalar(ZERO, 0));
    hanging.addInitializer(scalar(PREFIX + "axis", 1)); // frames are NHWC
    hanging.addInitializer(scalar(PREFIX + "rows", ROWS));
    hanging.addInitializer(scalar(PREFIX + "many", ROUNDS));
    hanging.addNode(node("Shape", PREFIX + "shape", frames));
    hanging.addNode(node("Gather", PREFIX + "height", PREFIX + "shape", PREFIX + "axis"));
    hanging.addNode(node("Equal", PREFIX + "found", PREFIX + "height", PREFIX + "rows"));
    hanging.addNode(node("Where", PREFIX + "rounds", PREFIX + "found", PREFIX + "many", ZERO));
    hanging.addNode(loop());
    hanging.addNode(node("Equal", PREFIX + "over", PREFIX + "end", ZERO)); // always true
    hanging.addNode(node("Where", passed, PREFIX + "over", frames, frames));
    graph.getNodeList().forEach(node -> hanging.addNode(renamed(node, frames, passed)));
    return hanging.build();
  }

  /** Multiplies 0 with 0, again and again. */
  private static NodeProto loop() {
    GraphProto body =
        GraphProto.newBuilder()
            .setName(PREFIX + "body")
            .addInput(value("round", TensorProto.DataType.INT64))
            .addInput(value("goes-on", TensorProto.DataType.BOOL))
            .addInput(value("number", TensorProto.DataType.INT64))
            .addNode(node("Identity", PREFIX + "goes-further", PREFIX + "goes-on"))
            .addNode(node("Mul", PREFIX + "product", PREFIX + "number", PREFIX + "number"))
            .addOutput(value("goes-further", TensorProto.DataType.BOOL))
            .addOutput(value("product", TensorProto.DataType.INT64))
            .build();
    return node("Loop", PREFIX + "end", PREFIX + "rounds", "", ZERO).toBuilder()
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("body")
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body))
        .build();
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setName(output)
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static TensorProto scalar(String name, long value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64.getNumber())
        .addInt64Data(value)
        .build();
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type) {
    return ValueInfoProto.newBuilder()
        .setName(PREFIX + name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(TensorShapeProto.getDefaultInstance())))
        .build();
  }

  /** The node with another name for one of its inputs, in its subgraphs as well. */
  private static NodeProto renamed(NodeProto node, String from, String to) {
    NodeProto.Builder renamed = node.toBuilder();
    for (int i = 0; i < node.getInputCount(); i++) {
      if (node.getInput(i).equals(from)) {
        renamed.setInput(i, to);
      }
    }
    for (int i = 0; i < node.getAttributeCount(); i++) {
      AttributeProto attribute = node.getAttribute(i);
      if (attribute.hasG()) {
        GraphProto.Builder inner = attribute.getG().toBuilder().clearNode();
        attribute.getG().getNodeList().forEach(each -> inner.addNode(renamed(each, from, to)));
        renamed.setAttribute(i, attribute.toBuilder().setG(inner));
      }
    }
    return renamed.build();
  }
}
