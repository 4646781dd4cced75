package dev.catseye.streambench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catseye.bench.Machine;
import dev.catseye.verify.VerdictJson;
import java.util.OptionalDouble;

/** Figures of the stream as JSON for machines. */
public final class StreamJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private StreamJson() {}

  /** One JSON object over several lines, with a line end. */
  public static String of(StreamReport report) throws JsonProcessingException {
    StreamBenchConfig config = report.config();
    ObjectNode root =
        JSON.createObjectNode()
            .put("format", FORMAT)
            .put("bench", "stream")
            .put("profile", config.profileName())
            .put("bundle", report.bundle())
            .put("bundle_digest", report.bundleDigest())
            .put("cameras", config.cameras())
            .put("load", config.load())
            .put("seconds", config.length().toSeconds());
    BenchService.FLAGS.forEach(root.putArray("jvm_flags")::add);
    machine(root.putObject("machine"), report.machine(), report.loadBefore(), report.loadAfter());
    ArrayNode figures = root.putArray("figures");
    for (StreamFigures each : report.figures()) {
      figures(figures.addObject(), each, config);
    }
    return root.toPrettyString() + "\n";
  }

  /** Tells of the machine and how busy it was. */
  static void machine(
      ObjectNode node, Machine machine, OptionalDouble loadBefore, OptionalDouble loadAfter) {
    node.put("processor", machine.processor()).put("cores", machine.cores());
    machine.flags().forEach(node.putArray("flags")::add);
    load(node, "load_before", loadBefore);
    load(node, "load_after", loadAfter);
  }

  private static void load(ObjectNode node, String name, OptionalDouble load) {
    node.put(name, load.isPresent() ? (Double) load.getAsDouble() : null);
  }

  private static void figures(ObjectNode node, StreamFigures figures, StreamBenchConfig config)
      throws JsonProcessingException {
    node.put("batching", StreamTable.name(figures.batching()))
        .put("stream_threads", figures.batching().frames(config.batch()))
        .put("batch", figures.batching().frames(config.batch()))
        .put("capacity_per_s", figures.capacity())
        .put("offered_per_s", figures.offered())
        .put("done_per_s", figures.done())
        .put("period_ms", 1e3 * figures.periodSeconds())
        .put("frames", figures.frames());
    ObjectNode outcomes = node.putObject("outcomes");
    figures.outcomes().forEach((outcome, count) -> outcomes.put(outcome.name(), count));
    node.put("shed_share", figures.shedShare()).put("excess_share", figures.excessShare());
    node.putObject("age_ms")
        .put("mean", figures.meanAgeMs())
        .put("p50", figures.ageMs(50))
        .put("p95", figures.ageMs(95))
        .put("p99", figures.ageMs(99))
        .put("bound", figures.ageBoundMs());
    cost(node, figures.cost());
    node.put("verdict", figures.verdict().word().name());
    node.set("verify", JSON.readTree(VerdictJson.of(figures.verdict())));
  }

  private static void cost(ObjectNode node, ServiceCost cost) {
    ObjectNode runs =
        node.putObject("runs")
            .put("mean_ms", 1e3 * cost.meanRunSeconds())
            .put("mean_frames", cost.meanRunFrames());
    ArrayNode histogram = runs.putArray("by_frames");
    cost.runs()
        .forEach((bound, count) -> histogram.addObject().put("up_to", bound).put("runs", count));
    node.put("rss_mib", cost.rssMib())
        .put("rss_slope_mib_per_min", cost.rssSlope())
        .put("heap_bytes_per_frame", cost.allocatedPerFrame())
        .put("heap_bytes_per_computed_frame", cost.allocatedPerDetected());
  }
}
