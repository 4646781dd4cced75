package dev.catseye.testing;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Collections;

/**
 * Graphs of a few nodes that take {@code frames} uint8 [n, h, w, 3] and misbehave in one way; for
 * frames of 64x32, so that no resize is needed. Outputs as in {@code toy/}.
 */
public final class TinyGraphs {
  private static final int UINT8 = TensorProto.DataType.UINT8_VALUE;
  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

  private TinyGraphs() {}

  /** Scores are log(-red): NaN, or -infinity where red is 0. */
  public static byte[] ofNoFiniteScore() {
    GraphProto.Builder graph =
        bytes()
            .addNode(node("Cast", "red", "real").addAttribute(integer("to", FLOAT)))
            .addNode(node("Neg", "real", "negative"))
            .addNode(node("Log", "negative", "entropy.score"))
            .addNode(node("Log", "negative", "msp.score"));
    return model(graph);
  }

  /** Scores are log(red): finite, but for -infinity where red is 0. */
  public static byte[] finiteWhereRed() {
    GraphProto.Builder graph =
        bytes()
            .addNode(node("Cast", "red", "real").addAttribute(integer("to", FLOAT)))
            .addNode(node("Log", "real", "entropy.score"))
            .addNode(node("Identity", "entropy.score", "msp.score"));
    return model(graph);
  }

  /**
   * Multiplies the red channel with 64x64 ones 400 times: quick for 32 rows, 5 s and more for
   * 30,000.
   */
  public static byte[] slowForManyRows() {
    TensorProto.Builder ones =
        TensorProto.newBuilder().setName("ones").setDataType(FLOAT).addDims(64).addDims(64);
    ones.addAllFloatData(Collections.nCopies(64 * 64, 1f / 64));
    GraphProto.Builder graph =
        bytes()
            .addInitializer(ones)
            .addNode(node("Cast", "red", "step0").addAttribute(integer("to", FLOAT)));
    int steps = 400;
    for (int i = 0; i < steps; i++) {
      graph.addNode(node("MatMul", "step" + i, "step" + (i + 1)).addInput("ones"));
    }
    graph
        .addNode(node("Identity", "step" + steps, "entropy.score"))
        .addNode(node("Identity", "step" + steps, "msp.score"));
    return model(graph);
  }

  /** Works for frames of 32 rows and fails inside a node for every other. */
  public static byte[] failingOnOtherHeights() {
    TensorProto.Builder rows =
        TensorProto.newBuilder().setName("rows").setDataType(FLOAT).addDims(32).addDims(64);
    rows.addAllFloatData(Collections.nCopies(32 * 64, 1f));
    GraphProto.Builder graph =
        bytes()
            .addInitializer(rows)
            .addNode(node("Cast", "red", "real").addAttribute(integer("to", FLOAT)))
            .addNode(node("Add", "real", "entropy.score").addInput("rows"))
            .addNode(node("Identity", "entropy.score", "msp.score"));
    return model(graph);
  }

  /** Fails on every frame inside a node that only {@code msp.score} needs. */
  public static byte[] failingInOneScore() {
    TensorProto.Builder rows =
        TensorProto.newBuilder().setName("rows").setDataType(FLOAT).addDims(31).addDims(64);
    rows.addAllFloatData(Collections.nCopies(31 * 64, 1f));
    GraphProto.Builder graph =
        bytes()
            .addInitializer(rows)
            .addNode(node("Cast", "red", "entropy.score").addAttribute(integer("to", FLOAT)))
            .addNode(node("Add", "entropy.score", "msp.score").addInput("rows"));
    return model(graph);
  }

  /** Maps have the frame's size, whatever the manifest says. */
  public static byte[] ofTheFramesSize() {
    GraphProto.Builder graph =
        bytes()
            .addNode(node("Cast", "red", "entropy.score").addAttribute(integer("to", FLOAT)))
            .addNode(node("Cast", "red", "msp.score").addAttribute(integer("to", FLOAT)));
    return model(graph);
  }

  /** The red channel as every byte map. */
  private static GraphProto.Builder bytes() {
    TensorProto zero = int64("zero", 0);
    return GraphProto.newBuilder()
        .setName("tiny")
        .addInitializer(zero)
        .addNode(node("Gather", "frames", "red").addInput("zero").addAttribute(integer("axis", 3)))
        .addNode(node("Identity", "red", "entropy.anomaly"))
        .addNode(node("Identity", "red", "msp.anomaly"))
        .addNode(node("Identity", "red", "class_map"));
  }

  private static byte[] model(GraphProto.Builder graph) {
    graph
        .addInput(value("frames", UINT8, "n", "h", "w", "3"))
        .addOutput(value("entropy.anomaly", UINT8, "n", "h", "w"))
        .addOutput(value("entropy.score", FLOAT, "n", "h", "w"))
        .addOutput(value("msp.anomaly", UINT8, "n", "h", "w"))
        .addOutput(value("msp.score", FLOAT, "n", "h", "w"))
        .addOutput(value("class_map", UINT8, "n", "h", "w"));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(18))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(String type, String input, String output) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(type + ":" + output)
        .addInput(input)
        .addOutput(output);
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static TensorProto int64(String name, long value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64_VALUE)
        .addInt64Data(value)
        .build();
  }

  /** A side that is a number is fixed, every other is open under its name. */
  private static ValueInfoProto value(String name, int type, String... sides) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String side : sides) {
      boolean fixed = Character.isDigit(side.charAt(0));
      shape.addDim(
          fixed
              ? TensorShapeProto.Dimension.newBuilder().setDimValue(Long.parseLong(side))
              : TensorShapeProto.Dimension.newBuilder().setDimParam(side));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }
}
