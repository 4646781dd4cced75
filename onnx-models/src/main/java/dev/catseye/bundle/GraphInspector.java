package dev.catseye.bundle;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks into an ONNX graph before the runtime does: only operators of the default domain, only
 * weights that lie in the file itself, in subgraphs (If, Loop, Scan) as well.
 */
final class GraphInspector {
  private final String file;
  private final Set<String> problems = new LinkedHashSet<>();

  private GraphInspector(String file) {
    this.file = file;
  }

  /**
   * Looks through one graph file.
   *
   * @param file what messages call it
   * @param opset that of the default domain
   * @param bytes an ONNX file from position 0 to its limit; borrowed, only read
   * @return problems, each beginning with the file's path; empty when there are none
   */
  static List<String> inspect(String file, int opset, ByteBuffer bytes) {
    GraphInspector inspector = new GraphInspector(file);
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    in.enableAliasing(true); // weights stay where they are instead of being copied
    try {
      ModelProto model = ModelProto.parseFrom(in);
      in.checkLastTagWas(0);
      inspector.model(model, opset);
    } catch (InvalidProtocolBufferException e) {
      inspector.problem("is no ONNX file: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can always be read", e);
    }
    return List.copyOf(inspector.problems);
  }

  private void problem(String text) {
    problems.add(file + ": " + text);
  }

  private void model(ModelProto model, int opset) {
    if (!model.hasGraph()) {
      problem("holds no graph");
    }
    if (model.getOpsetImportList().stream().noneMatch(set -> isDefault(set.getDomain()))) {
      problem("names no opset, expected " + opset);
    }
    for (OperatorSetIdProto imported : model.getOpsetImportList()) {
      if (!isDefault(imported.getDomain())) {
        problem("imports the operator domain '" + imported.getDomain() + "'");
      } else if (imported.getVersion() != opset) {
        problem("is of opset " + imported.getVersion() + ", expected " + opset);
      }
    }
    if (model.getFunctionsCount() > 0) {
      problem("defines " + model.getFunctionsCount() + " functions of its own");
    }
    if (model.getTrainingInfoCount() > 0) {
      problem("holds training information");
    }
    graph(model.getGraph());
  }

  private void graph(GraphProto graph) {
    graph.getInitializerList().forEach(this::tensor);
    graph.getSparseInitializerList().forEach(this::sparse);
    for (NodeProto node : graph.getNodeList()) {
      if (!isDefault(node.getDomain())) {
        problem("operator " + node.getDomain() + "::" + node.getOpType() + " of a custom domain");
      }
      node.getAttributeList().forEach(this::attribute);
    }
  }

  private void attribute(AttributeProto attribute) {
    tensor(attribute.getT());
    attribute.getTensorsList().forEach(this::tensor);
    sparse(attribute.getSparseTensor());
    attribute.getSparseTensorsList().forEach(this::sparse);
    if (attribute.hasG()) {
      graph(attribute.getG());
    }
    attribute.getGraphsList().forEach(this::graph);
  }

  private void sparse(SparseTensorProto sparse) {
    tensor(sparse.getValues());
    tensor(sparse.getIndices());
  }

  private void tensor(TensorProto tensor) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || tensor.getExternalDataCount() > 0) {
      problem("tensor '" + tensor.getName() + "' keeps its data outside of the file");
    }
  }

  private static boolean isDefault(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }
}
