package dev.catseye.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catseye.bundle.OperatingPoint;
import dev.catseye.bundle.PlanSpec;
import dev.catseye.detect.DetectorInfo;
import dev.catseye.detect.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What people and machines read of a measurement; its times are made up. */
final class BenchReportsTest {
  @Test
  void modules_standBesideThePaper() {
    assertThat(ModulesTable.of(measured("synboost-light", Provider.CPU)))
        .isEqualTo(
            """
            bundle        light 1.0 (abababababab), plans synboost-light; fp32
            frame         4x2, noise of seed 1
            runs          2 of each in turn, after 2 to warm up; each pair gave the same maps
            runtime       ONNX Runtime 9, provider CPU, threads 3
            device        Some CPU, 4 cores, avx2 avx512f
            load          1.5 before, not told after

            ms                  mean       p50       p95     paper
            segmentation       110.0     100.0     120.0        47
            synthesis           40.0      30.0      50.0        62
            perceptual          10.0      10.0      10.0        13
            dissimilarity       20.0      20.0      20.0        53
            chained            200.0     150.0     250.0
            fused, total       125.0     100.0     150.0       175

            A stage is a network with the glue around it, timed in the runtime. chained: all stages, each
            on what the ones before it left in the runtime's memory. fused: one graph. Both are timed from
            the frame on the heap to the maps on the heap.
            paper: SynBoost, Table 5, Light, full width; mean of 100 frames on a GTX 1080 Ti; total: the sum.
            Note: the paper's table says 1024x512 for the synthesis, its code runs 512x256.
            """);
  }

  @Test
  void planThatThePaperDidNotTime_hasNoColumnForIt() {
    Measurement measured = measured("entropy", Provider.CPU);

    assertThat(ModulesTable.of(measured)).doesNotContain("paper").doesNotContain("175");
    assertThat(BenchJson.ofModules(measured)).doesNotContain("paper");
  }

  @Test
  void fused_showsTheRatioAndItsSpread() {
    assertThat(FusedTable.of(measured("synboost-light", Provider.CPU)))
        .contains("chained       segmentation, synthesis, perceptual, dissimilarity\n")
        .contains(
            """
            ms                  mean       p50       p95       CPU
            fused              125.0     100.0     150.0     240.0
            chained            200.0     150.0     250.0     360.0

            ratio         1.500 of the medians; half of the pairs 1.500 to 1.667, all 1.500 to 1.667
            ratio, CPU    1.500
            """);
  }

  @Test
  void onAGpu_theDeviceIsNamedFirst() {
    assertThat(FusedTable.of(measured("synboost-light", Provider.CUDA)))
        .contains("device        NVIDIA X; Some CPU, 4 cores, avx2 avx512f\n");
  }

  @Test
  void json_holdsEveryRun() throws Exception {
    Measurement measured = measured("synboost-light", Provider.CPU);

    JsonNode modules = new ObjectMapper().readTree(BenchJson.ofModules(measured));
    JsonNode fused = new ObjectMapper().readTree(BenchJson.ofFused(measured));

    assertThat(modules.at("/stages/0/name").textValue()).isEqualTo("segmentation");
    assertThat(modules.at("/stages/0/runs_ms/1").doubleValue()).isEqualTo(120);
    assertThat(modules.at("/stages/0/paper_ms").intValue()).isEqualTo(47);
    assertThat(modules.at("/fused/paper_ms").intValue()).isEqualTo(175);
    assertThat(modules.at("/machine/load_before").doubleValue()).isEqualTo(1.5);
    assertThat(modules.at("/machine/load_after").isNull()).isTrue();
    assertThat(fused.at("/ratio/of_medians").doubleValue()).isEqualTo(1.5);
    assertThat(fused.at("/chained/cpu_mean_ms").doubleValue()).isEqualTo(360);
    assertThat(fused.at("/stages/1").textValue()).isEqualTo("synthesis");
  }

  private static Measurement measured(String plan, Provider provider) {
    OperatingPoint point = new OperatingPoint("half", 0.5f, "made up");
    PlanSpec spec =
        new PlanSpec(plan, "g.onnx", plan + ".anomaly", Optional.empty(), "A", List.of(point));
    DetectorInfo detector =
        new DetectorInfo(
            provider, 3, "light 1.0", "ab".repeat(32), List.of(spec), 4, 2, "ONNX Runtime 9");
    Machine machine =
        new Machine("Some CPU", 4, List.of("avx2", "avx512f"), Optional.of("NVIDIA X"));
    Load load = new Load(OptionalDouble.of(1.5), OptionalDouble.empty());
    return new Measurement(
        new Setting(detector, "fp32", BenchFrame.noise(4, 2), machine, load),
        List.of(round(100, 150, 100, 30), round(150, 250, 120, 50)));
  }

  /** Times in milliseconds. */
  private static Round round(long fused, long chained, long segmentation, long synthesis) {
    Map<String, Long> stages = new LinkedHashMap<>();
    stages.put("segmentation", segmentation * 1000);
    stages.put("synthesis", synthesis * 1000);
    stages.put("perceptual", 10_000L);
    stages.put("dissimilarity", 20_000L);
    return new Round(new Cost(fused * 1000, 240_000), new Cost(chained * 1000, 360_000), stages);
  }
}
