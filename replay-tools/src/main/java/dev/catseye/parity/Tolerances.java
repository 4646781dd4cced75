package dev.catseye.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tolerances of a kit, by step and tensor: what its {@code meta.json} suggests, and where that
 * is silent what the first kit's does.
 *
 * <p>Source: README.md of the parity kit, section 2 (light pipeline).
 */
final class Tolerances {
  private static final Pattern NEAR =
      Pattern.compile("share_within_(\\d+(?:\\.\\d+)?(?:e-?\\d+)?)(?:_level)?");

  private final Map<String, Tolerance> stages = new HashMap<>();
  private final Map<String, Tolerance> fused = new HashMap<>();

  private Tolerances() {
    stages.put("logits", Tolerance.all(5e-3).withMean(2e-4));
    stages.put("class_map", Tolerance.share(0, 1e-4));
    stages.put("E8", Tolerance.share(0, 0.01).withLargest(1));
    stages.put("D8", Tolerance.share(0, 0.02).withLargest(1));
    for (String scalar : new String[] {"H_min", "H_max", "r_min", "r_max"}) {
      stages.put(scalar, Tolerance.all(1e-4));
    }
    stages.put("label256", Tolerance.exact());
    stages.put("edge", Tolerance.exact());
    stages.put("S8", Tolerance.share(0, 1e-3).withLargest(1));
    for (String difference : new String[] {"V", "V_min", "V_max"}) {
      stages.put(difference, Tolerance.all(1e-5));
    }
    stages.put("P8", Tolerance.share(0, 1e-3).withLargest(1));
    stages.put("q", Tolerance.all(5e-5));
    stages.put("A", Tolerance.all(5e-5));
    stages.put("final", Tolerance.all(2e-6));
    stages.put("final_f16", Tolerance.all(6e-4));
    for (String map : new String[] {"class_map", "E8", "D8"}) {
      fused.put(map, stages.get(map)); // they are made of the picture in both runs
    }
    fused.put("label256", Tolerance.share(0, 2e-4));
    fused.put("edge", Tolerance.share(0, 1e-3));
    fused.put("S8", Tolerance.share(1, 0.005));
    fused.put("P8", Tolerance.share(1, 0.001));
    for (String score : new String[] {"q", "A", "final"}) {
      fused.put(score, Tolerance.share(2e-3, 0.005).withMean(1e-3));
    }
  }

  /** Reads {@code suggested_tolerances} of a kit. */
  static Tolerances of(JsonNode suggested) {
    Tolerances tolerances = new Tolerances();
    read(suggested.path("stage_by_stage"), tolerances.stages);
    for (String map : new String[] {"class_map", "E8", "D8"}) {
      tolerances.fused.put(map, tolerances.stages.get(map));
    }
    read(suggested.path("end_to_end"), tolerances.fused);
    return tolerances;
  }

  /** A key may name several tensors, with commas between; some names tell a sample's step. */
  private static void read(JsonNode node, Map<String, Tolerance> into) {
    node.properties()
        .forEach(
            entry -> {
              for (String tensor : entry.getKey().split(",", -1)) {
                String name = tensor.replaceFirst("_every\\d+$", "");
                into.computeIfPresent(name, (same, usual) -> read(entry.getValue(), usual));
              }
            });
  }

  private static Tolerance read(JsonNode node, Tolerance usual) {
    Tolerance tolerance = usual;
    if (node.path("max_abs").isNumber()) {
      tolerance = Tolerance.all(node.path("max_abs").doubleValue());
    } else if (node.path("mismatch_fraction").isNumber()) {
      tolerance = Tolerance.share(0, node.path("mismatch_fraction").doubleValue());
    } else {
      for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
        Matcher key = NEAR.matcher(keys.next());
        if (key.matches()) {
          double within = Double.parseDouble(key.group(1));
          tolerance = Tolerance.share(within, 1 - node.path(key.group()).doubleValue());
        }
      }
    }
    if (node.path("max_level").isNumber()) {
      tolerance = tolerance.withLargest(node.path("max_level").doubleValue());
    }
    return node.path("mean_abs").isNumber()
        ? tolerance.withMean(node.path("mean_abs").doubleValue())
        : tolerance;
  }

  /** For a tensor that a stage made of golden inputs. */
  Tolerance stage(String tensor) {
    return stages.get(tensor);
  }

  /** For a tensor that the fused graph made of the picture. */
  Tolerance fused(String tensor) {
    return fused.get(tensor);
  }
}
