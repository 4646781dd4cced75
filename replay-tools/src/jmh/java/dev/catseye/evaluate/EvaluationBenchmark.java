package dev.catseye.evaluate;

import dev.catseye.image.BytePlane;
import dev.catseye.image.FloatPlane;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one frame of 2048x1024 labels and a 1024x512 map costs, and what the final walk does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EvaluationBenchmark {
  private static final int WIDTH = 1024;
  private static final int HEIGHT = 512;
  private static final LabelMeaning MEANING = new LabelMeaning(List.of(1), List.of(0));

  private final FloatPlane map = map();
  private final BytePlane labels = labels();
  private final ScoreCounts filled = filled();

  @Benchmark
  public EvaluationResult exactFrame() {
    return frame(CountMode.EXACT);
  }

  @Benchmark
  public EvaluationResult histogramFrame() {
    return frame(CountMode.HISTOGRAM);
  }

  /** 20 million pixels counted before: the walk that every figure comes from. */
  @Benchmark
  public PixelMetrics exactWalk() {
    return PixelMetrics.of(filled, Fpr95Rule.FIRST_REACHING).orElseThrow();
  }

  /** 2 million scores of one frame, without enlarging. */
  @Benchmark
  public ScoreCounts exactCounting() {
    ScoreCounts counts = new ExactCounts();
    Random random = new Random(1);
    for (int i = 0; i < 2_000_000; i++) {
      counts.add(random.nextFloat(), (i & 255) == 0);
    }
    return counts;
  }

  private EvaluationResult frame(CountMode mode) {
    Evaluation evaluation =
        new Evaluation(new EvaluationSettings(mode, Fpr95Rule.FIRST_REACHING, false));
    evaluation.add("frame", map, labels, MEANING);
    return evaluation.result();
  }

  private static FloatPlane map() {
    Random random = new Random(2);
    byte[] levels = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) Math.max(0, Math.min(255, (int) (40 + 30 * random.nextGaussian())));
    }
    return FloatPlane.ofBytes(BytePlane.owning(WIDTH, HEIGHT, levels));
  }

  private static BytePlane labels() {
    byte[] labels = new byte[4 * WIDTH * HEIGHT];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 5 == 0 ? 255 : i % 301 == 0 ? 1 : 0);
    }
    return BytePlane.owning(2 * WIDTH, 2 * HEIGHT, labels);
  }

  private static ScoreCounts filled() {
    ScoreCounts counts = new ExactCounts();
    Random random = new Random(3);
    for (int i = 0; i < 20_000_000; i++) {
      counts.add(random.nextFloat(), (i & 255) == 0);
    }
    return counts;
  }
}
