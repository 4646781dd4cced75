package dev.catseye.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catseye.verify.Verdict;
import dev.catseye.verify.VerdictJson;
import java.util.Locale;

/** What came of a run, for machines. */
final class ChaosJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChaosJson() {}

  /** One JSON object over several lines, with a line end. */
  static String of(ChaosResult result) throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    root.put("verdict", result.word().name());
    root.put("format", FORMAT);
    ArrayNode doubts = root.putArray("doubts");
    result.doubts().forEach(doubts::add);
    config(root.putObject("config"), result.config());
    root.put("started", result.startMillis());
    root.put("seconds", result.seconds());
    root.putObject("frames")
        .put("confirmed", result.confirmed())
        .put("unanswered", result.unanswered())
        .put("gone", result.gone())
        .put("spoiled", result.spoiled());
    root.put("processes", result.lives());
    ArrayNode ends = root.putArray("ended_by_themselves");
    result.ownEnds().forEach(ends::add);
    root.put("trials", result.bites());
    if (result.word() == Verdict.Word.PASS) {
      root.put("failure_rate_bound_95", Confidence.bound(result.bites()));
    }
    ArrayNode faults = root.putArray("faults");
    result.trials().forEach(trial -> fault(faults.addObject(), trial));
    takeovers(root.putObject("takeover"), Takeovers.of(result));
    ObjectNode controls = root.putObject("controls");
    result
        .controls()
        .forEach(
            (control, verdict) ->
                controls.put(
                    ChaosPage.name(control),
                    verdict.map(judged -> judged.word().name()).orElse(null)));
    root.set("verify", JSON.readTree(VerdictJson.of(result.verdict())));
    return root.toPrettyString() + "\n";
  }

  private static void takeovers(ObjectNode node, Takeovers takeovers) {
    ArrayNode alone = node.putArray("millis");
    takeovers.alone().forEach(alone::add);
    ArrayNode disturbed = node.putArray("millis_with_another_fault");
    takeovers.disturbed().forEach(disturbed::add);
    takeovers.bound().ifPresent(bound -> node.put("bound_millis", bound.toMillis()));
  }

  private static void config(ObjectNode node, ChaosConfig config) {
    node.put("profile", config.profile().name().toLowerCase(Locale.ROOT))
        .put("seed", config.seed())
        .put("instances", config.instances())
        .put("brokers", config.brokers())
        .put("cameras", config.cameras())
        .put("frames_per_second", config.framesPerSecond());
  }

  private static void fault(ObjectNode node, Trial trial) {
    Inflicted done = trial.inflicted();
    node.put("kind", trial.kind().name().toLowerCase(Locale.ROOT))
        .put("subject", done.subject())
        .put("from", done.fromMillis())
        .put("to", done.toMillis())
        .put("bit", trial.bit())
        .put("evidence", trial.evidence());
    trial.silenceMillis().ifPresent(millis -> node.put("silence_millis", millis));
  }
}
