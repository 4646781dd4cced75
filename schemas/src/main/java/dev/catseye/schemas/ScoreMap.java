package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

/**
 * One score per pixel of a plan's working size, row-major; score = sample / (2^bits - 1).
 *
 * @param width width in map pixels, 1 to 8192
 * @param height height in map pixels, 1 to 8192; at most 16777216 pixels in all
 * @param bits bits per sample, 8 or 16 (16: big-endian)
 * @param encoding packing of {@code data}
 * @param scaleX camera pixels per map pixel, horizontally; above 0
 * @param scaleY camera pixels per map pixel, vertically; above 0
 * @param data the packed samples
 */
public record ScoreMap(
    int width,
    int height,
    int bits,
    MapEncoding encoding,
    double scaleX,
    double scaleY,
    Bytes data) {

  /** Widest and highest map in pixels. */
  public static final int MAX_SIDE = 8192;

  /** Most pixels of one map. */
  public static final int MAX_PIXELS = 16_777_216;

  public ScoreMap {
    Checks.within(width, 1, MAX_SIDE, "map width");
    Checks.within(height, 1, MAX_SIDE, "map height");
    Checks.within((long) width * height, 1, MAX_PIXELS, "map pixels");
    Checks.require(bits == 8 || bits == 16, "map bits %d, expected 8 or 16", bits);
    requireNonNull(encoding, "encoding");
    Checks.within(scaleX, Double.MIN_NORMAL, Frame.MAX_SIDE, "map scale x");
    Checks.within(scaleY, Double.MIN_NORMAL, Frame.MAX_SIDE, "map scale y");
    requireNonNull(data, "data");
    Checks.require(
        encoding != MapEncoding.RAW || data.size() == sampleBytes(width, height, bits),
        "raw map %dx%dx%d has %d bytes, expected %d",
        width,
        height,
        bits,
        data.size(),
        sampleBytes(width, height, bits));
  }

  /**
   * A map of packed samples.
   *
   * @param samples width x height x bits / 8 bytes, row-major; borrowed, not kept
   * @throws IllegalArgumentException if the samples have another size
   */
  public static ScoreMap encode(
      byte[] samples,
      int width,
      int height,
      int bits,
      MapEncoding encoding,
      double scaleX,
      double scaleY) {
    int expected = sampleBytes(width, height, bits);
    Checks.require(
        samples.length == expected,
        "map %dx%dx%d from %d bytes, expected %d",
        width,
        height,
        bits,
        samples.length,
        expected);
    byte[] packed = MapPacking.pack(samples, width, height, bits, encoding);
    return new ScoreMap(width, height, bits, encoding, scaleX, scaleY, Bytes.wrap(packed));
  }

  /**
   * Unpacks the samples: width x height x bits / 8 bytes, row-major; the caller owns them.
   *
   * @throws RecordException (DECODE) if the data do not unpack to exactly that size
   */
  public byte[] decode() {
    return MapPacking.unpack(this);
  }

  /** True when the map, scaled, has the size of the frame to half a camera pixel. */
  boolean covers(int frameWidth, int frameHeight) {
    return Math.abs(width * scaleX - frameWidth) <= 0.5
        && Math.abs(height * scaleY - frameHeight) <= 0.5;
  }

  /** Size of the samples in bytes. */
  int sampleBytes() {
    return sampleBytes(width, height, bits);
  }

  private static int sampleBytes(int width, int height, int bits) {
    return width * height * (bits / 8);
  }
}
