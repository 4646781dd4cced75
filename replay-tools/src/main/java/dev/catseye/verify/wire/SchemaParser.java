package dev.catseye.verify.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns {@code .avsc} files into {@link WireType}s. A name that is not defined yet is looked up in
 * the file of that name. Source: Avro specification 1.12, schema declaration and names.
 */
final class SchemaParser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> PRIMITIVES =
      Set.of("null", "boolean", "int", "long", "float", "double", "bytes", "string");

  private final String folder;
  private final Map<String, WireType> defined = new HashMap<>();

  /**
   * @param folder class path folder of the files, with a slash at its end
   */
  SchemaParser(String folder) {
    this.folder = folder;
  }

  /** The type that the file of this name defines. */
  WireType file(String name) {
    String path = folder + name + ".avsc";
    try (InputStream in = SchemaParser.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("no schema " + path + " on the class path");
      }
      return parse(JSON.readTree(in), "");
    } catch (IOException e) {
      throw new UncheckedIOException("schema " + path, e);
    }
  }

  private WireType parse(JsonNode node, String namespace) {
    if (node.isTextual()) {
      return named(node.textValue(), namespace);
    }
    if (node.isArray()) {
      return new WireType.Union(elements(node).map(branch -> parse(branch, namespace)).toList());
    }
    JsonNode type = node.path("type");
    return switch (type.asText()) {
      case "record" -> define(node, namespace, this::fields);
      case "enum" -> define(node, namespace, (it, name, space) -> symbols(it, name));
      case "fixed" ->
          define(node, namespace, (it, name, space) -> new WireType.Fixed(name, size(it)));
      case "array" -> new WireType.Items(parse(node.path("items"), namespace));
      case "map" -> throw new IllegalStateException("maps are not read here: " + node);
      default -> parse(type, namespace); // a primitive with properties, or a nested type
    };
  }

  private WireType named(String name, String namespace) {
    if (PRIMITIVES.contains(name)) {
      return new WireType.Primitive(name);
    }
    String fullName = name.contains(".") || namespace.isEmpty() ? name : namespace + "." + name;
    WireType known = defined.get(fullName);
    return known != null ? known : file(fullName.substring(fullName.lastIndexOf('.') + 1));
  }

  private WireType define(JsonNode node, String outer, Definition definition) {
    String namespace = node.path("namespace").asText(outer);
    String name = node.path("name").asText();
    String fullName = name.contains(".") ? name : namespace + "." + name;
    WireType known = defined.get(fullName);
    if (known != null) {
      return known;
    }
    WireType type = definition.read(node, fullName, namespace);
    defined.put(fullName, type);
    return type;
  }

  private WireType fields(JsonNode node, String fullName, String namespace) {
    List<WireType.Field> fields = new ArrayList<>();
    for (JsonNode field : node.path("fields")) {
      fields.add(
          new WireType.Field(field.path("name").asText(), parse(field.path("type"), namespace)));
    }
    return new WireType.Fields(fullName, List.copyOf(fields));
  }

  private static WireType symbols(JsonNode node, String fullName) {
    return new WireType.Symbols(
        fullName, elements(node.path("symbols")).map(JsonNode::asText).toList());
  }

  private static int size(JsonNode node) {
    return node.path("size").asInt();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements.stream();
  }

  @FunctionalInterface
  private interface Definition {
    WireType read(JsonNode node, String fullName, String namespace);
  }
}
