package dev.catseye.schemas;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Packs and unpacks the samples of a {@link ScoreMap}. Thread-safe. Unpacking allocates what width,
 * height and bits declare (32 MiB at most) and nothing that the packed data ask for.
 */
final class MapPacking {
  private static final int ZSTD_LEVEL = 1; // 1.7 ms for 1024x512; level 3 costs 9 ms for 8 % less
  private static final LZ4Compressor LZ4 = LZ4Factory.fastestInstance().fastCompressor();
  private static final LZ4SafeDecompressor UNLZ4 = LZ4Factory.fastestInstance().safeDecompressor();

  private MapPacking() {}

  static byte[] pack(byte[] samples, int width, int height, int bits, MapEncoding encoding) {
    return switch (encoding) {
      case LZ4 -> LZ4.compress(samples);
      case ZSTD -> Zstd.compress(samples, ZSTD_LEVEL);
      case PNG -> GreyPng.write(samples, width, height, bits);
      case RAW -> samples.clone();
    };
  }

  static byte[] unpack(ScoreMap map) {
    byte[] packed = map.data().array();
    try {
      return switch (map.encoding()) {
        case LZ4 -> unpackLz4(packed, map);
        case ZSTD -> unpackZstd(packed, map);
        case PNG -> GreyPng.read(packed, map.width(), map.height(), map.bits());
        case RAW -> packed.clone();
      };
    } catch (LZ4Exception | ZstdException | IOException e) {
      throw new RecordException(Reason.DECODE, name(map) + ": " + e.getMessage(), e);
    }
  }

  private static byte[] unpackLz4(byte[] packed, ScoreMap map) {
    byte[] samples = new byte[map.sampleBytes()];
    return exact(samples, UNLZ4.decompress(packed, samples), map);
  }

  private static byte[] unpackZstd(byte[] packed, ScoreMap map) {
    byte[] samples = new byte[map.sampleBytes()];
    long size = Zstd.decompressByteArray(samples, 0, samples.length, packed, 0, packed.length);
    if (Zstd.isError(size)) {
      throw new RecordException(Reason.DECODE, name(map) + ": " + Zstd.getErrorName(size));
    }
    return exact(samples, size, map);
  }

  private static byte[] exact(byte[] samples, long size, ScoreMap map) {
    if (size != samples.length) {
      throw new RecordException(
          Reason.DECODE,
          String.format("%s unpacks to %d bytes, expected %d", name(map), size, samples.length));
    }
    return samples;
  }

  private static String name(ScoreMap map) {
    return String.format(
        "%s map %dx%dx%d", map.encoding().wireName(), map.width(), map.height(), map.bits());
  }
}
