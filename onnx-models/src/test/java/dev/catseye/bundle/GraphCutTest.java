package dev.catseye.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphCutTest {
  /** Two answers that share their first step: base -> left, base -> right -> wide. */
  private static final GraphProto TWO =
      GraphProto.newBuilder()
          .setName("two")
          .addNode(node("frames", "base"))
          .addNode(node("base", "left"))
          .addNode(node("base", "right"))
          .addNode(node("right", "wide"))
          .addOutput(output("left"))
          .addOutput(output("wide"))
          .build();

  @Test
  void drop_leavesTheOtherOutputsAndWhatTheyNeed() throws Exception {
    GraphProto cut = cut(TWO, Set.of("wide"));
    assertThat(outputs(cut)).containsExactly("left");
    assertThat(made(cut)).containsExactly("base", "left");
  }

  @Test
  void drop_ofNothing_leavesTheFileAsItIs() {
    byte[] after = bytes(TWO);
    GraphCut.drop(ByteBuffer.wrap(after), Set.of("nowhere"));
    assertThat(after).isEqualTo(bytes(TWO));
  }

  @Test
  void drop_changesNoLength_soThatWeightsStayWhereTheyAre() throws Exception {
    byte[] file = bytes(TWO);
    int length = file.length;
    GraphCut.drop(ByteBuffer.wrap(file), Set.of("left"));
    assertThat(file).hasSize(length);
    assertThat(made(ModelProto.parseFrom(file).getGraph()))
        .containsExactly("base", "right", "wide");
  }

  @Test
  void drop_ofEveryOutput_leavesNothing() throws Exception {
    GraphProto cut = cut(TWO, Set.of("left", "wide"));
    assertThat(outputs(cut)).isEmpty();
    assertThat(made(cut)).isEmpty();
  }

  @Test
  void drop_leavesWhatAGraphWithinANodeTakesFromAround() throws Exception {
    GraphProto branch =
        GraphProto.newBuilder().addNode(node("right", "inner")).addOutput(output("inner")).build();
    NodeProto.Builder choice = node("base", "chosen");
    choice.addAttribute(
        AttributeProto.newBuilder()
            .setName("then_branch")
            .setType(AttributeProto.AttributeType.GRAPH)
            .setG(branch));
    GraphProto graph = TWO.toBuilder().addNode(choice).addOutput(output("chosen")).build();

    assertThat(made(cut(graph, Set.of("left", "wide")))).containsExactly("base", "right", "chosen");
  }

  private static GraphProto cut(GraphProto graph, Set<String> outputs)
      throws InvalidProtocolBufferException {
    byte[] file = bytes(graph);
    GraphCut.drop(ByteBuffer.wrap(file), outputs);
    return ModelProto.parseFrom(file).getGraph();
  }

  private static byte[] bytes(GraphProto graph) {
    return ModelProto.newBuilder()
        .setProducerName("before")
        .setGraph(graph)
        .setIrVersion(8)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(String from, String to) {
    return NodeProto.newBuilder().setOpType("Identity").addInput(from).addOutput(to);
  }

  private static ValueInfoProto output(String name) {
    return ValueInfoProto.newBuilder().setName(name).build();
  }

  private static List<String> outputs(GraphProto graph) {
    return graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
  }

  private static List<String> made(GraphProto graph) {
    return graph.getNodeList().stream().map(node -> node.getOutput(0)).toList();
  }
}
