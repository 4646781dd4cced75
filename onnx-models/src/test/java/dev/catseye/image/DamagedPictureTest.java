package dev.catseye.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.testing.Resources;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture is decoded whole or refused. */
class DamagedPictureTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour.jpg",
        "progressive.jpg",
        "restart.jpg",
        "metadata.jpg",
        "grey.jpg",
        "colour.png",
        "palette.png",
        "interlaced.png",
        "lossy.webp",
        "lossless.webp",
        "alpha.webp"
      })
  void truncatedAnywhere_isRefused(String name) {
    byte[] whole = picture(name);

    for (int length = 0; length < whole.length; length += length < 64 ? 1 : 13) {
      assertRefused(name + " cut to " + length, Arrays.copyOf(whole, length));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"colour.png", "grey.png", "palette.png", "interlaced.png"})
  void flippedBitInPng_isRefused(String name) {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = picture(name);
      int bit = random.nextInt(8 * bytes.length);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);

      assertRefused(name + " with bit " + bit + " flipped", bytes);
    }
  }

  @Test
  void flippedBitInJpeg_neverEndsInAnotherException() {
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = picture("colour.jpg");
      int bit = random.nextInt(8 * bytes.length);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(Decoder.decodeRgb(bytes, ImageLimits.DEFAULT).sizeBytes()).isPositive();
      } catch (FrameException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void flippedBitInWebp_neverEndsInAnotherException() {
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = picture(i % 2 == 0 ? "lossy.webp" : "lossless.webp");
      int bit = random.nextInt(8 * bytes.length);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(Decoder.decodeRgb(bytes, ImageLimits.DEFAULT).sizeBytes()).isPositive();
      } catch (FrameException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "colour.jpg, bytes behind the end of the JPEG",
    "colour.png, bytes behind the end of the PNG",
    "lossy.webp, bytes behind the end of the WebP"
  })
  void garbageBehindTheEnd_isRefused(String name, String message) {
    byte[] whole = picture(name);

    assertThatThrownBy(() -> decode(Arrays.copyOf(whole, whole.length + 5)))
        .isInstanceOf(DecodeException.class)
        .hasMessage("5 " + message);
  }

  @Test
  void jpegWithoutItsEndMarker_isRefused() {
    byte[] whole = picture("colour.jpg");

    assertThatThrownBy(() -> decode(Arrays.copyOf(whole, whole.length - 2)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("JPEG truncated: 1566 bytes");
  }

  @Test
  void jpegOfMissingRowsButWithEndMarker_isRefusedByTheDecodersWarning() {
    byte[] whole = picture("colour.jpg");
    byte[] shorter = Arrays.copyOf(whole, whole.length - 200);
    shorter[shorter.length - 2] = (byte) 0xFF;
    shorter[shorter.length - 1] = (byte) 0xD9;

    assertThatThrownBy(() -> decode(shorter))
        .isInstanceOf(DecodeException.class)
        .hasMessageStartingWith("JPEG damaged: ");
  }

  @ParameterizedTest
  @CsvSource({
    "cmyk.jpg, 'JPEG of 4 components (CMYK or YCCK), expected grey or colour'",
    "sixteen-bit.png, 'PNG of 16 bits per sample, expected 8 or fewer'",
    "animated.png, 'animated PNG, expected a still picture'",
    "animated.webp, 'animated WebP, expected a still picture'"
  })
  void variantWeDoNotRead_isRefusedByName(String name, String message) {
    assertThatThrownBy(() -> decode(picture(name)))
        .isInstanceOfSatisfying(
            DecodeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENCODING))
        .hasMessage(message);
  }

  @Test
  void zeroBytes_areRefused() {
    assertThatThrownBy(() -> decode(new byte[0]))
        .isInstanceOf(DecodeException.class)
        .hasMessage("0 bytes, expected a picture");
  }

  @Test
  void randomBytes_areRefusedAsNoPicture() {
    byte[] noise = new byte[1000];
    new Random(4).nextBytes(noise);

    assertThatThrownBy(() -> decode(noise))
        .isInstanceOf(DecodeException.class)
        .hasMessage("1000 bytes that are neither JPEG, PNG nor WebP");
  }

  @Test
  void jpegOfTooManyScans_isRefused() {
    byte[] whole = picture("progressive.jpg");
    byte[] bomb = ScanBomb.of(whole, 101);

    assertThatThrownBy(() -> decode(bomb))
        .isInstanceOf(DecodeException.class)
        .hasMessage("JPEG of more than 100 scans");
  }

  @Test
  void pngWhoseDataIsShort_isRefusedThoughEveryCrcHolds() {
    byte[] rows = new byte[11 * 3]; // 3 of 4 rows of 10 pixels

    assertThatThrownBy(() -> decode(Pngs.of(Pngs.header(10, 4, 8, 0), Pngs.data(rows))))
        .isInstanceOf(DecodeException.class)
        .hasMessage("PNG damaged: its data ends before the picture does");
  }

  @Test
  void pngWhoseDataIsLong_isRefused() {
    byte[] rows = new byte[11 * 5];

    assertThatThrownBy(() -> decode(Pngs.of(Pngs.header(10, 4, 8, 0), Pngs.data(rows))))
        .isInstanceOf(DecodeException.class)
        .hasMessage("PNG damaged: it holds more data than the picture");
  }

  @Test
  void pngWhoseDataBreaksOff_isRefusedThoughEveryCrcHolds() {
    byte[] stream = Pngs.deflated(new byte[11 * 4]);
    byte[] half = Pngs.chunk("IDAT", Arrays.copyOf(stream, stream.length - 6));

    assertThatThrownBy(() -> decode(Pngs.of(Pngs.header(10, 4, 8, 0), half)))
        .isInstanceOf(DecodeException.class)
        .hasMessage("PNG damaged: its data breaks off");
  }

  @Test
  void pngOfUnknownFilter_isRefused() {
    byte[] rows = new byte[11 * 4];
    rows[11] = 5;

    assertThatThrownBy(() -> decode(Pngs.of(Pngs.header(10, 4, 8, 0), Pngs.data(rows))))
        .isInstanceOf(DecodeException.class)
        .hasMessage("PNG row of filter 5, expected 0 to 4");
  }

  @Test
  void paletteIndexWithoutEntry_isRefused() {
    byte[] png =
        Pngs.of(
            Pngs.header(2, 1, 8, 3),
            Pngs.chunk("PLTE", new byte[3]),
            Pngs.data(new byte[] {0, 0, 7}));

    assertThatThrownBy(() -> decode(png))
        .isInstanceOf(DecodeException.class)
        .hasMessage("PNG damaged: palette index 7 of 1");
  }

  @Test
  void colourPictureAsLabels_isRefused() {
    assertThatThrownBy(() -> Decoder.decodeLabels(picture("colour.png"), ImageLimits.DEFAULT))
        .isInstanceOf(DecodeException.class)
        .hasMessage("labels as PNG of colour type 2 with 8 bits, expected 8-bit grey or a palette");
  }

  @Test
  void jpegAsLabels_isRefused() {
    assertThatThrownBy(() -> Decoder.decodeLabels(picture("grey.jpg"), ImageLimits.DEFAULT))
        .isInstanceOf(DecodeException.class)
        .hasMessage("labels as JPEG, expected PNG");
  }

  private static byte[] picture(String name) {
    return Resources.bytes("pictures/" + name);
  }

  private static RgbPlane decode(byte[] bytes) {
    return Decoder.decodeRgb(bytes, ImageLimits.DEFAULT);
  }

  private static void assertRefused(String what, byte[] bytes) {
    assertThatThrownBy(() -> decode(bytes)).as(what).isInstanceOf(FrameException.class);
  }
}
