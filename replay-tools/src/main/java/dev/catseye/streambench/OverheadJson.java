package dev.catseye.streambench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catseye.verify.VerdictJson;

/** The service beside the client as JSON for machines. */
public final class OverheadJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private OverheadJson() {}

  /** One JSON object over several lines, with a line end. */
  public static String of(OverheadReport report) throws JsonProcessingException {
    OverheadConfig config = report.config();
    ObjectNode root =
        JSON.createObjectNode()
            .put("format", FORMAT)
            .put("bench", "overhead")
            .put("bundle", report.bundle())
            .put("bundle_digest", report.bundleDigest())
            .put("cameras", config.cameras())
            .put("frames_per_second", config.framesPerSecond())
            .put("seconds", config.length().toSeconds())
            .put("judge", config.judge())
            .put("mask_bytes", report.maskBytes());
    root.putObject("frame")
        .put("width", config.width())
        .put("height", config.height())
        .put("encoding", "rgb8")
        .put("bytes", config.frameBytes());
    StreamJson.machine(
        root.putObject("machine"), report.machine(), report.loadBefore(), report.loadAfter());
    ArrayNode runs = root.putArray("runs");
    report.runs().forEach(run -> run(runs.addObject(), run));
    run(root.putObject("all"), report.together());
    root.put("verdict", report.verdict().word().name());
    root.set("verify", JSON.readTree(VerdictJson.of(report.verdict())));
    return root.toPrettyString() + "\n";
  }

  private static void run(ObjectNode node, OverheadRun run) {
    passes(node.putObject("service"), run.service(), run.serviceRate());
    passes(node.putObject("client"), run.client(), run.clientRate());
    node.put("rate_ratio", run.ratio());
  }

  private static void passes(ObjectNode node, Passes passes, double rate) {
    node.put("frames", passes.micros().size())
        .put("p50_ms", passes.ms(50))
        .put("p99_ms", passes.ms(99))
        .put("p50_less_inference_ms", passes.withoutInferenceMs(50))
        .put("p99_less_inference_ms", passes.withoutInferenceMs(99))
        .put("frames_per_second", rate);
  }
}
