package dev.catseye.verify.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;

/** Unpacks the samples of a score map. */
public final class MapSamples {
  private static final int MAX_SIDE = 8192; // ScoreMap.avsc, width and height
  private static final int MAX_PIXELS = 16_777_216; // ScoreMap.avsc, height

  private MapSamples() {}

  /**
   * The samples as raw bytes, row-major, 16-bit samples big-endian.
   *
   * @param map record ScoreMap
   * @throws WireException if they are not exactly width x height x bits / 8 bytes
   */
  public static byte[] unpack(WireRecord map) throws WireException {
    long width = map.number("width");
    long height = map.number("height");
    long bits = map.number("bits");
    if (width < 1
        || width > MAX_SIDE
        || height < 1
        || height > MAX_SIDE
        || width * height > MAX_PIXELS
        || (bits != 8 && bits != 16)) {
      throw new WireException("score map %d x %d of %d bits".formatted(width, height, bits));
    }
    long size = width * height * bits / 8;
    ByteBuffer data = map.bytes("data");
    byte[] samples =
        switch (map.text("encoding")) {
          case "lz4" -> Lz4Block.unpack(data, (int) size);
          case "zstd" -> zstd(data, (int) size);
          case "png" -> png(data, (int) width, (int) height, (int) bits);
          default -> array(data);
        };
    if (samples.length != size) {
      throw new WireException("%d bytes of samples, expected %d".formatted(samples.length, size));
    }
    return samples;
  }

  private static byte[] zstd(ByteBuffer data, int size) throws WireException {
    byte[] samples = new byte[size];
    byte[] packed = array(data);
    try {
      long written = Zstd.decompressByteArray(samples, 0, size, packed, 0, packed.length);
      if (Zstd.isError(written) || written != size) {
        throw new WireException("zstd: %d of %d bytes".formatted(written, size));
      }
      return samples;
    } catch (ZstdException e) {
      throw new WireException("zstd: " + e.getMessage(), e);
    }
  }

  private static byte[] png(ByteBuffer data, int width, int height, int bits) throws WireException {
    Raster raster;
    try {
      raster = ImageIO.read(new ByteArrayInputStream(array(data))).getRaster();
    } catch (IOException | RuntimeException e) {
      throw new WireException("png: " + e.getMessage(), e);
    }
    int type = bits == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT;
    if (raster.getWidth() != width
        || raster.getHeight() != height
        || raster.getNumBands() != 1
        || raster.getDataBuffer().getDataType() != type) {
      throw new WireException("png is not a grey picture of the map's size and bits");
    }
    return bits == 8
        ? ((DataBufferByte) raster.getDataBuffer()).getData()
        : bigEndian(((DataBufferUShort) raster.getDataBuffer()).getData());
  }

  private static byte[] bigEndian(short[] samples) {
    ByteBuffer bytes = ByteBuffer.allocate(samples.length * Short.BYTES);
    bytes.asShortBuffer().put(samples);
    return bytes.array();
  }

  private static byte[] array(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }
}
