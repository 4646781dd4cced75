package dev.catseye.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A place in {@code bundle.json} that notes what is wrong with it and goes on.
 *
 * <p>A value that is missing or of another kind becomes a stand-in, so that one reading finds every
 * mistake; nothing built from stand-ins leaves the package, for then there are problems.
 */
final class Node {
  private final JsonNode json;
  private final String path;
  private final List<String> problems;

  private Node(JsonNode json, String path, List<String> problems) {
    this.json = json;
    this.path = path;
    this.problems = problems;
  }

  /** The whole document; mistakes are noted in {@code problems}. */
  static Node root(JsonNode json, List<String> problems) {
    return new Node(json, "", problems);
  }

  /** Notes a problem with this place. */
  void problem(String text) {
    problems.add("bundle.json " + (path.isEmpty() ? "" : path + ": ") + text);
  }

  Node at(String key) {
    return new Node(json.path(key), path.isEmpty() ? key : path + "." + key, problems);
  }

  /** Present and not null. */
  boolean exists() {
    return !json.isMissingNode() && !json.isNull();
  }

  String text(String key) {
    Node node = at(key);
    if (!node.json.isTextual() || node.json.textValue().isEmpty()) {
      node.problem("expected a text, found %s".formatted(node.found()));
      return "";
    }
    return node.json.textValue();
  }

  Optional<String> optionalText(String key) {
    return at(key).exists() ? Optional.of(text(key)) : Optional.empty();
  }

  /** A text that must be one of {@code expected}: format 1 knows nothing else. */
  String oneOf(String key, String... expected) {
    String text = text(key);
    if (!text.isEmpty() && !List.of(expected).contains(text)) {
      at(key).problem("'%s', expected '%s'".formatted(text, String.join("' or '", expected)));
    }
    return text;
  }

  long integer(String key, long min, long max) {
    Node node = at(key);
    if (!node.json.isIntegralNumber() || !node.json.canConvertToLong()) {
      node.problem("expected a whole number, found %s".formatted(node.found()));
      return min;
    }
    long value = node.json.longValue();
    if (value < min || value > max) {
      node.problem("%d outside [%d, %d]".formatted(value, min, max));
      return min;
    }
    return value;
  }

  double real(String key, double min, double max) {
    Node node = at(key);
    if (!node.json.isNumber()) {
      node.problem("expected a number, found %s".formatted(node.found()));
      return min;
    }
    double value = node.json.doubleValue();
    if (!(value >= min && value <= max)) {
      node.problem("%s outside [%s, %s]".formatted(value, min, max));
      return min;
    }
    return value;
  }

  boolean truth(String key) {
    Node node = at(key);
    if (!node.json.isBoolean()) {
      node.problem("expected true or false, found %s".formatted(node.found()));
    }
    return node.json.booleanValue();
  }

  List<String> texts(String key) {
    Node list = at(key);
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list.elements(0)) {
      if (item.isTextual()) {
        texts.add(item.textValue());
      } else {
        list.problem(
            "expected texts, found %s"
                .formatted(item.getNodeType().toString().toLowerCase(Locale.ROOT)));
      }
    }
    return texts;
  }

  /** Reads every element of the list {@code key}, which must have at least {@code least}. */
  <T> List<T> each(String key, int least, Function<Node, T> read) {
    Node list = at(key);
    List<T> result = new ArrayList<>();
    for (JsonNode item : list.elements(least)) {
      result.add(read.apply(new Node(item, list.path + "[" + result.size() + "]", problems)));
    }
    return result;
  }

  private JsonNode elements(int least) {
    if (!json.isArray()) {
      problem("expected a list, found %s".formatted(found()));
    } else if (json.size() < least) {
      problem("%d elements, expected %d or more".formatted(json.size(), least));
    }
    return json.isArray() ? json : MissingNode.getInstance();
  }

  private String found() {
    if (json.isMissingNode()) {
      return "nothing";
    }
    String text = json.toString();
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
