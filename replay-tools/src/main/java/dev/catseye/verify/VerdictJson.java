package dev.catseye.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** A verdict as JSON, for machines. */
public final class VerdictJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private VerdictJson() {}

  /** One JSON object over several lines, with a line end. */
  public static String of(Verdict verdict) {
    Census census = verdict.census();
    ObjectNode root = JSON.createObjectNode();
    root.put("verdict", verdict.word().name());
    root.put("format", FORMAT);
    strings(root, "doubts", verdict.doubts());
    root.putObject("frames")
        .put("total", census.frames())
        .put("judged", census.judged())
        .put("waiting", census.waiting());
    ObjectNode outcomes = root.putObject("outcomes");
    census.outcomes().forEach(outcomes::put);
    root.put("masks", census.masks());
    root.put("rejects", census.rejects());
    root.putObject("alarms").put("episodes", census.alarms()).put("steps", census.alarmSteps());
    root.put("health", census.health());
    root.put("heartbeats", census.heartbeats());
    aborted(root.putObject("aborted"), census);
    strings(root, "cameras", census.cameras());
    strings(root, "plans", census.plans());
    strings(root, "providers", census.providers());
    strings(root, "bundles", census.bundles());
    strings(root, "instances", census.instances());
    ObjectNode checked = root.putObject("checked_by_promise");
    for (Promise promise : Promise.values()) {
      checked.put(promise.name(), verdict.checked().getOrDefault(promise, 0L));
    }
    ObjectNode promises = root.putObject("violations_by_promise");
    for (Promise promise : Promise.values()) {
      promises.put(promise.name(), verdict.violations().getOrDefault(promise, 0L));
    }
    ArrayNode violations = root.putArray("violations");
    for (Violation violation : verdict.examples()) {
      violations
          .addObject()
          .put("promise", violation.promise().name())
          .put("place", violation.place().toString())
          .put("text", violation.text());
    }
    return root.toPrettyString() + "\n";
  }

  private static void aborted(ObjectNode node, Census census) {
    node.put("records", census.aborted().size());
    ArrayNode examples = node.putArray("examples");
    census.aborted().stream()
        .limit(Findings.EXAMPLES)
        .forEach(
            record -> {
              ObjectNode example = examples.addObject().put("place", record.place().toString());
              record.origin().ifPresent(origin -> example.put("origin", origin.toString()));
            });
  }

  private static void strings(ObjectNode node, String name, Collection<String> values) {
    ArrayNode array = node.putArray(name);
    values.forEach(array::add);
  }
}
