package dev.catseye.parity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catseye.bundle.Bundle;
import dev.catseye.detect.RuntimeConfig;
import java.util.List;

/** A parity run as JSON for machines. Limits that do not apply, and infinite differences: null. */
public final class ParityJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ParityJson() {}

  /** One JSON object over several lines, with a line end. */
  public static String of(
      Bundle bundle,
      Kit kit,
      KitPicture picture,
      RuntimeConfig config,
      List<Comparison> comparisons) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT)
        .put("passed", comparisons.stream().allMatch(Comparison::passed))
        .put("kit", kit.folder().toString())
        .put("picture", picture.file().toString())
        .put("bundle", bundle.name() + " " + bundle.version())
        .put("bundle_digest", bundle.digest())
        .put("provider", config.provider().name())
        .put("threads", config.threads());
    var tensors = root.putArray("tensors");
    comparisons.forEach(comparison -> put(comparison, tensors.addObject()));
    return root.toPrettyString() + "\n";
  }

  private static void put(Comparison comparison, ObjectNode json) {
    Tolerance tolerance = comparison.tolerance();
    json.put("step", comparison.step()).put("tensor", comparison.tensor());
    put(json, "largest_difference", comparison.largest());
    put(json, "mean_difference", comparison.mean());
    json.put("within", tolerance.within())
        .put("share_within", comparison.share())
        .put("least_share", 1 - tolerance.outside());
    put(json, "largest_allowed", tolerance.largest());
    put(json, "mean_allowed", tolerance.mean());
    json.put("passed", comparison.passed());
  }

  private static void put(ObjectNode json, String key, double value) {
    if (Double.isFinite(value)) {
      json.put(key, value);
    } else {
      json.putNull(key);
    }
  }
}
