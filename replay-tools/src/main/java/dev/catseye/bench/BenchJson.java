package dev.catseye.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catseye.detect.DetectorInfo;
import dev.catseye.image.RgbPlane;
import java.util.Map;
import java.util.OptionalDouble;

/** A measurement as JSON for machines: every run's time, milliseconds. */
public final class BenchJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private BenchJson() {}

  /** Stages and the whole: one JSON object over several lines, with a line end. */
  public static String ofModules(Measurement measured) {
    ObjectNode root = head("modules", measured);
    boolean paper = PaperTable.tells(measured);
    ArrayNode stages = root.putArray("stages");
    for (Map.Entry<String, Times> stage : measured.stages().entrySet()) {
      ObjectNode node = stages.addObject().put("name", stage.getKey());
      times(node, stage.getValue());
      if (paper) {
        PaperTable.stageMs(stage.getKey()).ifPresent(ms -> node.put("paper_ms", ms));
      }
    }
    times(root.putObject("chained"), measured.chained());
    ObjectNode fused = root.putObject("fused");
    times(fused, measured.fused());
    if (paper) {
      PaperTable.totalMs(measured).ifPresent(ms -> fused.put("paper_ms", ms));
      root.putObject("paper")
          .put("device", PaperTable.DEVICE)
          .put("frames", PaperTable.FRAMES)
          .put("note", PaperTable.NOTE);
    }
    return root.toPrettyString() + "\n";
  }

  /** One against the other: one JSON object over several lines, with a line end. */
  public static String ofFused(Measurement measured) {
    ObjectNode root = head("fused", measured);
    ArrayNode stages = root.putArray("stages");
    measured.stages().keySet().forEach(stages::add);
    ObjectNode fused = root.putObject("fused").put("cpu_mean_ms", measured.fusedCpuMs());
    times(fused, measured.fused());
    ObjectNode chained = root.putObject("chained").put("cpu_mean_ms", measured.chainedCpuMs());
    times(chained, measured.chained());
    ratio(root.putObject("ratio"), Ratio.of(measured.chained(), measured.fused()));
    return root.toPrettyString() + "\n";
  }

  private static ObjectNode head(String bench, Measurement measured) {
    Setting setting = measured.setting();
    DetectorInfo detector = setting.detector();
    RgbPlane picture = setting.frame().picture();
    ObjectNode root =
        JSON.createObjectNode()
            .put("format", FORMAT)
            .put("bench", bench)
            .put("bundle", detector.bundle())
            .put("bundle_digest", detector.bundleDigest())
            .put("precision", setting.precision());
    setting.plans().forEach(root.putArray("plans")::add);
    root.putObject("frame")
        .put("width", picture.width())
        .put("height", picture.height())
        .put("origin", setting.frame().origin());
    root.put("runs", measured.rounds().size())
        .put("warm_up_runs", Bench.WARM_UP_RUNS)
        .put("runtime", detector.runtime())
        .put("provider", detector.provider().name())
        .put("threads", detector.threads());
    machine(root.putObject("machine"), setting);
    return root;
  }

  private static void machine(ObjectNode node, Setting setting) {
    Machine machine = setting.machine();
    node.put("processor", machine.processor()).put("cores", machine.cores());
    machine.flags().forEach(node.putArray("flags")::add);
    node.put("gpu", machine.gpu().orElse(null));
    load(node, "load_before", setting.load().before());
    load(node, "load_after", setting.load().after());
  }

  private static void load(ObjectNode node, String name, OptionalDouble load) {
    if (load.isPresent()) {
      node.put(name, load.getAsDouble());
    } else {
      node.putNull(name);
    }
  }

  private static void times(ObjectNode node, Times times) {
    node.put("mean_ms", times.meanMs())
        .put("p50_ms", times.percentileMs(50))
        .put("p95_ms", times.percentileMs(95));
    ArrayNode runs = node.putArray("runs_ms");
    times.micros().forEach(micros -> runs.add(micros / 1e3));
  }

  private static void ratio(ObjectNode node, Ratio ratio) {
    node.put("of_medians", ratio.ofMedians())
        .put("lowest", ratio.lowest())
        .put("lower_quartile", ratio.lowerQuartile())
        .put("upper_quartile", ratio.upperQuartile())
        .put("highest", ratio.highest());
  }
}
