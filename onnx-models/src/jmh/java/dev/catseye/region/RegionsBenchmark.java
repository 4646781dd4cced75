package dev.catseye.region;

import dev.catseye.image.BytePlane;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Regions of one map of 1024x512: a few blobs as in a street, and noise as the worst case. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RegionsBenchmark {
  private static final int WIDTH = 1024;
  private static final int HEIGHT = 512;

  /** Threshold on the blobs: 250 leaves some dozens of small regions, 128 a few large ones. */
  @Param({"250", "128"})
  private int threshold;

  private final BytePlane blobs = blobs();
  private final BytePlane noise = noise();
  private final Optional<BytePlane> classes = Optional.of(noise());

  @Benchmark
  public List<Region> street() {
    return Regions.of(blobs, rule(), 2 * WIDTH, 2 * HEIGHT, Optional.empty());
  }

  @Benchmark
  public List<Region> streetWithClasses() {
    return Regions.of(blobs, rule(), 2 * WIDTH, 2 * HEIGHT, classes);
  }

  @Benchmark
  public List<Region> noiseWithClasses() {
    return Regions.of(noise, rule(), 2 * WIDTH, 2 * HEIGHT, classes);
  }

  private RegionRule rule() {
    return new RegionRule(threshold, 16, Set.of(0));
  }

  private static BytePlane blobs() {
    byte[] values = new byte[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double wave = Math.sin(x / 17.0) * Math.sin(y / 11.0) + 0.4 * Math.sin((x + 3 * y) / 5.0);
        values[y * WIDTH + x] = (byte) Math.max(0, Math.min(255, 128 + 110 * wave));
      }
    }
    return BytePlane.owning(WIDTH, HEIGHT, values);
  }

  private static BytePlane noise() {
    byte[] values = new byte[WIDTH * HEIGHT];
    new Random(1).nextBytes(values);
    return BytePlane.owning(WIDTH, HEIGHT, values);
  }
}
