package dev.catseye.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.catseye.testing.Resources;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageHeaderTest {
  private static final long ALLOWED_BYTES = 256 << 10;

  @ParameterizedTest
  @CsvSource({
    "colour.jpg, JPEG",
    "progressive.jpg, JPEG",
    "metadata.jpg, JPEG",
    "colour.png, PNG",
    "interlaced.png, PNG",
    "lossy.webp, WEBP",
    "lossless.webp, WEBP",
    "alpha.webp, WEBP"
  })
  void sizeAndFormat_areReadFromTheBytes(String name, Format format) {
    assertThat(ImageHeader.read(Resources.bytes("pictures/" + name)))
        .isEqualTo(new ImageSize(49, 37, format));
  }

  @Test
  void largestPngHeader_isRefusedBeforeAnythingIsAllocated() {
    byte[] png = Pngs.of(Pngs.header(65535, 65535, 8, 2), Pngs.data(new byte[100]));

    assertRefusedCheaply(
        png, "65535x65535, at most 8192x8192 and 16777216 pixels allowed", ErrorCode.GEOMETRY);
  }

  @Test
  void bombOf20000x20000_isRefusedBeforeAnythingIsAllocated() {
    byte[] rows = Pngs.deflated(new byte[1 + 3 * 20_000], 2_000); // the first tenth of its rows
    byte[] png = Pngs.of(Pngs.header(20_000, 20_000, 8, 2), Pngs.chunk("IDAT", rows));

    assertThat(png).hasSizeGreaterThan(100_000);
    assertRefusedCheaply(
        png, "20000x20000, at most 8192x8192 and 16777216 pixels allowed", ErrorCode.GEOMETRY);
  }

  @Test
  void largestJpegHeader_isRefusedBeforeAnythingIsAllocated() {
    byte[] jpeg = Resources.bytes("pictures/colour.jpg");
    int frameHeader = indexOf(jpeg, 0xFF, 0xC0);
    Arrays.fill(jpeg, frameHeader + 5, frameHeader + 9, (byte) 0xFF);

    assertRefusedCheaply(
        jpeg, "65535x65535, at most 8192x8192 and 16777216 pixels allowed", ErrorCode.GEOMETRY);
  }

  @Test
  void largestWebpHeader_isRefusedBeforeAnythingIsAllocated() {
    byte[] webp = Resources.bytes("pictures/alpha.webp"); // starts with VP8X: 24 bits per side
    Arrays.fill(webp, 24, 30, (byte) 0xFF);

    assertRefusedCheaply(
        webp,
        "16777216x16777216, at most 8192x8192 and 16777216 pixels allowed",
        ErrorCode.GEOMETRY);
  }

  @Test
  void payloadAboveTheLimit_isRefusedUnread() {
    ImageLimits limits = new ImageLimits(1000, 100, 100, 10_000);

    assertThatThrownBy(() -> Decoder.decodeRgb(Resources.bytes("pictures/colour.jpg"), limits))
        .isInstanceOfSatisfying(
            GeometryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE))
        .hasMessage("1568 bytes, at most 1000 allowed");
  }

  @Test
  void pictureAboveALimitOfOurOwn_isRefused() {
    ImageLimits limits = new ImageLimits(1 << 20, 48, 100, 10_000);

    assertThatThrownBy(() -> Decoder.decodeRgb(Resources.bytes("pictures/colour.jpg"), limits))
        .isInstanceOf(GeometryException.class)
        .hasMessage("49x37, at most 48x100 and 10000 pixels allowed");
  }

  @Test
  void sideOfZero_isRefused() {
    byte[] png = Pngs.of(Pngs.header(0, 5, 8, 0), Pngs.data(new byte[5]));

    assertThatThrownBy(() -> Decoder.decodeRgb(png, ImageLimits.DEFAULT))
        .isInstanceOf(GeometryException.class)
        .hasMessage("0x5: sides must be at least 1");
  }

  @Test
  void jpegThatSaysAnotherHeightThanItHolds_isRefused() {
    byte[] jpeg = Resources.bytes("pictures/colour.jpg");
    jpeg[indexOf(jpeg, 0xFF, 0xC0) + 6] = 80; // height 80, the data ends after 37 rows

    assertThatThrownBy(() -> Decoder.decodeRgb(jpeg, ImageLimits.DEFAULT))
        .isInstanceOf(DecodeException.class);
  }

  private static void assertRefusedCheaply(byte[] bytes, String message, ErrorCode code) {
    assertThatThrownBy(() -> Decoder.decodeRgb(bytes, ImageLimits.DEFAULT)); // classes are loaded
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    FrameException refusal = null;
    try {
      Decoder.decodeRgb(bytes, ImageLimits.DEFAULT);
    } catch (FrameException e) {
      refusal = e;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(refusal).isNotNull().hasMessage(message);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(allocated).isLessThan(ALLOWED_BYTES);
  }

  private static int indexOf(byte[] bytes, int first, int second) {
    for (int i = 0; i < bytes.length - 1; i++) {
      if ((bytes[i] & 0xFF) == first && (bytes[i + 1] & 0xFF) == second) {
        return i;
      }
    }
    throw new IllegalArgumentException("marker not found");
  }
}
