package dev.catseye.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one picture of 1024x512 costs on its way in and out; smooth colours under some noise. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PicturesBenchmark {
  private static final int WIDTH = 1024;
  private static final int HEIGHT = 512;

  private final RgbPlane picture = picture();
  private final BytePlane map = map();
  private final FloatPlane scores = FloatPlane.ofBytes(map);
  private final byte[] png = PngEncoder.encode(picture);
  private final byte[] jpeg = jpeg();

  @Benchmark
  public RgbPlane decodeJpeg() {
    return Decoder.decodeRgb(jpeg, ImageLimits.DEFAULT);
  }

  @Benchmark
  public RgbPlane decodePng() {
    return Decoder.decodeRgb(png, ImageLimits.DEFAULT);
  }

  @Benchmark
  public ImageSize readHeader() {
    return ImageHeader.read(jpeg);
  }

  @Benchmark
  public byte[] encodeMap() {
    return PngEncoder.encode(map);
  }

  @Benchmark
  public FloatPlane enlargeScores() {
    return Resampler.pillowBicubic(scores, 2 * WIDTH, 2 * HEIGHT);
  }

  @Benchmark
  public Luma measureLuma() {
    return Luma.of(picture);
  }

  private static RgbPlane picture() {
    Random random = new Random(1);
    byte[] values = new byte[3 * WIDTH * HEIGHT];
    for (int i = 0; i < values.length; i++) {
      double wave = Math.sin(i / 3 % WIDTH / 90.0 + i % 3);
      int brighter = i / 3 / WIDTH / 16; // downwards
      values[i] = (byte) (100 + 60 * wave + brighter + random.nextInt(12));
    }
    return RgbPlane.owning(WIDTH, HEIGHT, values);
  }

  private BytePlane map() {
    byte[] values = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) picture.green(i % WIDTH, i / WIDTH);
    }
    return BytePlane.owning(WIDTH, HEIGHT, values);
  }

  private byte[] jpeg() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    byte[] row = new byte[3 * WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      picture.copyRow(y, row);
      image.getRaster().setDataElements(0, y, WIDTH, 1, row);
    }
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "jpeg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
