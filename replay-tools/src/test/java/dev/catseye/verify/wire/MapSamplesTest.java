package dev.catseye.verify.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.schemas.MapEncoding;
import dev.catseye.schemas.ScoreMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MapSamplesTest {

  @Property(tries = 300)
  void whatTheServicePacks_unpacksHereToTheSameSamples(
      @ForAll MapEncoding encoding,
      @ForAll boolean deep,
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 64) int runLength,
      @ForAll long seed)
      throws WireException {
    byte[] samples = runs(width * height * (deep ? 2 : 1), runLength, seed);
    ScoreMap map = ScoreMap.encode(samples, width, height, deep ? 16 : 8, encoding, 2, 2);

    assertThat(MapSamples.unpack(wire(map, map.data().toArray()))).isEqualTo(samples);
  }

  @Property(tries = 300)
  void anyBytes_areUnpackedOrRefused(@ForAll MapEncoding encoding, @ForAll byte[] data) {
    ScoreMap map = ScoreMap.encode(new byte[12 * 7], 12, 7, 8, encoding, 2, 2);

    try {
      assertThat(MapSamples.unpack(wire(map, data))).hasSize(84);
    } catch (WireException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void overlappingMatch_repeatsWhatItHasJustWritten() throws WireException {
    // one literal 'a', a match of 8 from one byte back, then the literals "bcdef"
    ByteBuffer block = ByteBuffer.wrap(HexFormat.of().parseHex("14610100" + "506263646566"));

    assertThat(new String(Lz4Block.unpack(block, 14), StandardCharsets.US_ASCII))
        .isEqualTo("aaaaaaaaabcdef");
  }

  @Test
  void aMatchBeforeTheStart_isRefused() {
    ByteBuffer block = ByteBuffer.wrap(HexFormat.of().parseHex("14610200" + "506263646566"));

    assertThatThrownBy(() -> Lz4Block.unpack(block, 14))
        .isInstanceOf(WireException.class)
        .hasMessage("LZ4 block: match before the start (1 of 14 bytes)");
  }

  @Test
  void aMapOfImpossibleSize_isRefusedBeforeItIsAllocated() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("width", 1L << 30);
    fields.put("height", 1L << 30);
    fields.put("bits", 8L);

    assertThatThrownBy(() -> MapSamples.unpack(new WireRecord(fields)))
        .isInstanceOf(WireException.class)
        .hasMessage("score map 1073741824 x 1073741824 of 8 bits");
  }

  /** Samples in runs of equal values, so that packings have something to find. */
  private static byte[] runs(int size, int runLength, long seed) {
    Random random = new Random(seed);
    byte[] samples = new byte[size];
    byte value = 0;
    for (int i = 0; i < size; i++) {
      value = random.nextInt(runLength) == 0 ? (byte) random.nextInt() : value;
      samples[i] = value;
    }
    return samples;
  }

  private static WireRecord wire(ScoreMap map, byte[] data) {
    return new WireRecord(
        Map.of(
            "width", (long) map.width(),
            "height", (long) map.height(),
            "bits", (long) map.bits(),
            "encoding", map.encoding().name().toLowerCase(Locale.ROOT),
            "data", ByteBuffer.wrap(data)));
  }
}
