package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.luben.zstd.Zstd;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import net.jpountz.lz4.LZ4Factory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoreMapTest {
  private static final int WIDTH = 37;
  private static final int HEIGHT = 11;

  /** Adler-32, CRC of the chunk and IEND: ImageIO does without, the record's seal covers them. */
  private static final int NO_SAMPLES = 4 + 4 + 12;

  @ParameterizedTest
  @EnumSource
  void everySample_survivesPackingAt8And16Bits(MapEncoding encoding) {
    for (int bits : new int[] {8, 16}) {
      byte[] samples = noise(bits);

      ScoreMap map = ScoreMap.encode(samples, WIDTH, HEIGHT, bits, encoding, 1, 1);

      assertThat(map.decode()).as("%d bits", bits).isEqualTo(samples);
    }
  }

  @Property(tries = 200)
  @Domain(Records.class)
  void decodedMap_hasTheDeclaredSize(@ForAll ScoreMap map) {
    assertThat(map.decode()).hasSize(map.width() * map.height() * map.bits() / 8);
  }

  @Test
  void png_isReadByAnyReader() throws IOException {
    byte[] samples = noise(8);
    byte[] png = ScoreMap.encode(samples, WIDTH, HEIGHT, 8, MapEncoding.PNG, 1, 1).data().toArray();

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));

    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < samples.length; i++) {
      int sample = image.getRaster().getSample(i % WIDTH, i / WIDTH, 0);
      assertThat(sample).isEqualTo(samples[i] & 0xff);
    }
  }

  @Test
  void pngOfAnotherSize_isRefusedBeforeItIsDecoded() {
    byte[] png = GreyPng.write(new byte[64 * 64], 64, 64, 8);

    assertRefused(MapEncoding.PNG, png, "png map 37x11x8: not a grey PNG of 37x11x8");
  }

  @Test
  void colourPng_isRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR), "png", out);

    assertRefused(MapEncoding.PNG, out.toByteArray(), "png map 37x11x8: not a grey PNG of 37x11x8");
  }

  @Test
  void pngCutWithinItsSamples_isRefused() {
    byte[] samples = noise(8);
    byte[] png = GreyPng.write(samples, WIDTH, HEIGHT, 8);

    for (int length = 0; length < png.length - NO_SAMPLES; length++) {
      byte[] cut = Arrays.copyOf(png, length);
      assertThatExceptionOfType(RecordException.class)
          .as("length %d of %d", length, png.length)
          .isThrownBy(() -> map(MapEncoding.PNG, cut).decode())
          .matches(e -> e.reason() == Reason.DECODE);
    }
  }

  @Test
  void lz4OfTooFewSamples_isRefused() {
    byte[] packed = LZ4Factory.safeInstance().fastCompressor().compress(new byte[10]);

    assertRefused(MapEncoding.LZ4, packed, "lz4 map 37x11x8 unpacks to 10 bytes, expected 407");
  }

  @Test
  void lz4OfTooManySamples_isRefusedWithinTheDeclaredSize() {
    byte[] packed = LZ4Factory.safeInstance().fastCompressor().compress(new byte[1 << 20]);

    assertRefused(MapEncoding.LZ4, packed, "lz4 map 37x11x8: ");
  }

  @Test
  void zstdOfTooFewSamples_isRefused() {
    byte[] packed = Zstd.compress(new byte[10]);

    assertRefused(MapEncoding.ZSTD, packed, "zstd map 37x11x8 unpacks to 10 bytes, expected 407");
  }

  @Test
  void zstdOfTooManySamples_isRefusedWithinTheDeclaredSize() {
    byte[] packed = Zstd.compress(new byte[64 << 20]);

    assertRefused(MapEncoding.ZSTD, packed, "zstd map 37x11x8: ");
  }

  @ParameterizedTest
  @EnumSource(names = {"LZ4", "ZSTD", "PNG"})
  void randomBytes_areRefused(MapEncoding encoding) {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      byte[] garbage = new byte[random.nextInt(200)];
      random.nextBytes(garbage);
      assertThatExceptionOfType(RecordException.class)
          .isThrownBy(() -> map(encoding, garbage).decode())
          .matches(e -> e.reason() == Reason.DECODE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyFlippedBit_endsInAMapOfTheDeclaredSizeOrIsRefused(MapEncoding encoding) {
    byte[] packed = ScoreMap.encode(noise(8), WIDTH, HEIGHT, 8, encoding, 1, 1).data().toArray();
    for (int bit = 0; bit < 8 * packed.length; bit++) {
      ScoreMap flipped = map(encoding, Messages.flipBit(packed, bit));
      try {
        assertThat(flipped.decode()).hasSize(WIDTH * HEIGHT);
      } catch (RecordException refused) {
        assertThat(refused.reason()).isEqualTo(Reason.DECODE);
      }
    }
  }

  @Test
  void mapAboveTheLimits_isNoMap() {
    Bytes data = Bytes.of(new byte[1]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScoreMap(8193, 1, 8, MapEncoding.LZ4, 1, 1, data))
        .withMessage("map width 8193 outside [1, 8192]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScoreMap(8192, 8192, 8, MapEncoding.LZ4, 1, 1, data))
        .withMessage("map pixels 67108864 outside [1, 16777216]");
  }

  @Test
  void rawMapOfAnotherSize_isNoMap() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map(MapEncoding.RAW, new byte[406]))
        .withMessage("raw map 37x11x8 has 406 bytes, expected 407");
  }

  @Test
  void samplesOfAnotherSize_areNotPacked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoreMap.encode(new byte[407], WIDTH, HEIGHT, 16, MapEncoding.LZ4, 1, 1))
        .withMessage("map 37x11x16 from 407 bytes, expected 814");
  }

  private static void assertRefused(MapEncoding encoding, byte[] data, String message) {
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> map(encoding, data).decode())
        .withMessageStartingWith(message)
        .matches(e -> e.reason() == Reason.DECODE);
  }

  private static ScoreMap map(MapEncoding encoding, byte[] data) {
    return new ScoreMap(WIDTH, HEIGHT, 8, encoding, 1, 1, Bytes.of(data));
  }

  private static byte[] noise(int bits) {
    byte[] samples = new byte[WIDTH * HEIGHT * bits / 8];
    new Random(bits).nextBytes(samples);
    return samples;
  }
}
