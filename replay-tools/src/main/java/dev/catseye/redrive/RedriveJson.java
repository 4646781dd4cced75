package dev.catseye.redrive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A report as JSON, for machines. */
public final class RedriveJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private RedriveJson() {}

  /** One JSON object over several lines, with a line end. */
  public static String of(RedriveReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("dry_run", report.rehearsed());
    root.put("stopped", report.stopped());
    root.put("read", report.read());
    root.put("put_back", report.putBack());
    ObjectNode reasons = root.putObject("put_back_by_reason");
    report.reasons().forEach((reason, count) -> reasons.put(reason.name(), count));
    root.put("put_back_before", report.before());
    root.put("left", report.left());
    ArrayNode examples = root.putArray("left_examples");
    report.examples().forEach(examples::add);
    return root.toPrettyString() + "\n";
  }
}
