package dev.catseye.schemas;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serde;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one frame costs on the wire: a frame of 400 kB in, a mask with a map of 1024x512 out. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SerdesBenchmark {
  private static final int WIDTH = 1024;
  private static final int HEIGHT = 512;

  private final Serde<Mask> masks = Serdes.mask();
  private final byte[] samples = samples();
  private final Frame frame = frame();
  private final byte[] frameMessage = Frames.write(frame);
  private final Mask mask = mask(map(MapEncoding.LZ4));
  private final byte[] maskMessage = masks.serializer().serialize("masks", mask);
  private final ScoreMap lz4 = map(MapEncoding.LZ4);
  private final ScoreMap png = map(MapEncoding.PNG);

  @Benchmark
  public byte[] writeFrame() {
    return Frames.write(frame);
  }

  @Benchmark
  public boolean readFrameAndCheckIt() {
    return Frames.read(frameMessage).checksumHolds();
  }

  @Benchmark
  public byte[] writeMask() {
    return masks.serializer().serialize("masks", mask);
  }

  @Benchmark
  public Mask readMask() {
    return masks.deserializer().deserialize("masks", maskMessage);
  }

  @Benchmark
  public ScoreMap packLz4() {
    return map(MapEncoding.LZ4);
  }

  @Benchmark
  public ScoreMap packZstd() {
    return map(MapEncoding.ZSTD);
  }

  @Benchmark
  public ScoreMap packPng() {
    return map(MapEncoding.PNG);
  }

  @Benchmark
  public byte[] unpackLz4() {
    return lz4.decode();
  }

  @Benchmark
  public byte[] unpackPng() {
    return png.decode();
  }

  private ScoreMap map(MapEncoding encoding) {
    return ScoreMap.encode(samples, WIDTH, HEIGHT, 8, encoding, 2, 2);
  }

  /** Smooth hills with noise in the lowest two bits, as entropy maps have. */
  private static byte[] samples() {
    Random random = new Random(1);
    byte[] samples = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < samples.length; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      double hills = Math.sin(x / 40.0) + Math.cos(y / 25.0);
      samples[i] = (byte) ((int) (60 + 25 * hills) + random.nextInt(4));
    }
    return samples;
  }

  private static Frame frame() {
    byte[] payload = new byte[400_000];
    new Random(2).nextBytes(payload);
    return Frame.sealed(
        new FrameId("front", "boot-1", 1042, 1_480_000_000_123_456L),
        ClockDomain.UTC,
        2048,
        1024,
        Encoding.JPEG,
        new InlineContent(Bytes.wrap(payload)),
        "drive-07",
        Optional.empty(),
        OptionalDouble.empty());
  }

  private Mask mask(ScoreMap map) {
    return new Mask(
        Optional.of(frame.id()),
        OptionalInt.of(2048),
        OptionalInt.of(1024),
        "drive-07",
        new Origin("frames", 0, 1),
        "front",
        Outcome.DETECTED,
        Reason.NONE,
        "",
        false,
        "CPU",
        "entropy",
        "0123456789abcdef".repeat(4),
        Optional.of(map),
        List.of(),
        OptionalDouble.of(100),
        OptionalDouble.of(40),
        OptionalLong.of(7),
        Optional.of(new Summary(0.8f, 0.2f, 0.01f, 0.6f)),
        new StageMicros(1, 1, 1, 1, 1, 1),
        1_480_000_000_223_456L,
        "car-1");
  }
}
