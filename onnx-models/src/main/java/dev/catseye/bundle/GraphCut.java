package dev.catseye.bundle;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes outputs out of a graph, and what no other output needs: ONNX Runtime computes all that a
 * graph declares, whatever is fetched.
 *
 * <p>The file is changed in place, as its weights may fill gigabytes: a node or output that goes
 * gets the number of a field that graphs do not have, which every reader skips. Weights that nobody
 * uses any more are dropped by the runtime.
 */
final class GraphCut {
  private static final int GRAPH_TAG = tag(ModelProto.GRAPH_FIELD_NUMBER);
  private static final int NODE_TAG = tag(GraphProto.NODE_FIELD_NUMBER);
  private static final int OUTPUT_TAG = tag(GraphProto.OUTPUT_FIELD_NUMBER);

  /**
   * Of a field that graphs do not have. Source: onnx.proto, GraphProto: "reserved 3, 4, 6 to 9".
   */
  private static final byte NO_FIELD_TAG = (byte) tag(3);

  private record Place<T>(int position, T message) {}

  private final ByteBuffer bytes;
  private final Set<String> unwanted;
  private final Set<String> needed = new HashSet<>();
  private final List<Place<NodeProto>> nodes = new ArrayList<>();

  private GraphCut(ByteBuffer bytes, Set<String> unwanted) {
    this.bytes = bytes;
    this.unwanted = unwanted;
  }

  /**
   * Takes some outputs and the nodes behind them out of a graph.
   *
   * @param bytes a sound ONNX file from position 0 to its limit; changed in place
   * @param outputs names; one that the graph does not have is ignored
   */
  static void drop(ByteBuffer bytes, Set<String> outputs) {
    try {
      new GraphCut(bytes, outputs).cut();
    } catch (IOException e) {
      throw new UncheckedIOException("the graph was read before", e);
    }
  }

  private void cut() throws IOException {
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes.asReadOnlyBuffer()).newCodedInput();
    in.enableAliasing(true);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == GRAPH_TAG) {
        int limit = in.pushLimit(in.readRawVarint32());
        graph(in);
        in.popLimit(limit);
      } else {
        in.skipField(tag);
      }
    }
    ListIterator<Place<NodeProto>> last = nodes.listIterator(nodes.size());
    while (last.hasPrevious()) { // nodes stand behind those that they take from
      Place<NodeProto> node = last.previous();
      if (node.message().getOutputList().stream().anyMatch(needed::contains)) {
        takes(node.message()).forEach(needed::add);
      } else {
        bytes.put(node.position(), NO_FIELD_TAG);
      }
    }
  }

  private void graph(CodedInputStream in) throws IOException {
    while (!in.isAtEnd()) {
      int position = in.getTotalBytesRead();
      int tag = in.readTag();
      if (tag == NODE_TAG) {
        nodes.add(new Place<>(position, NodeProto.parseFrom(in.readBytes())));
      } else if (tag == OUTPUT_TAG) {
        String name = ValueInfoProto.parseFrom(in.readBytes()).getName();
        if (unwanted.contains(name)) {
          bytes.put(position, NO_FIELD_TAG);
        } else {
          needed.add(name);
        }
      } else {
        in.skipField(tag);
      }
    }
  }

  /** What a node takes in, and what the graphs within it take from around them. */
  private static Stream<String> takes(NodeProto node) {
    Stream<GraphProto> within = node.getAttributeList().stream().flatMap(GraphCut::graphs);
    return Stream.concat(
        node.getInputList().stream(),
        within.flatMap(
            graph ->
                Stream.concat(
                    graph.getNodeList().stream().flatMap(GraphCut::takes),
                    graph.getOutputList().stream().map(ValueInfoProto::getName))));
  }

  private static Stream<GraphProto> graphs(AttributeProto attribute) {
    return attribute.hasG()
        ? Stream.concat(Stream.of(attribute.getG()), attribute.getGraphsList().stream())
        : attribute.getGraphsList().stream();
  }

  private static int tag(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
