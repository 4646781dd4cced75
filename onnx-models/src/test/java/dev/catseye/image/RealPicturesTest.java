package dev.catseye.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.catseye.testing.RealData;
import dev.catseye.testing.ToyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of real data sets against what Pillow 12.3 decodes; skipped where they are absent. */
class RealPicturesTest {
  private static final String L_AND_F = "lost_and_found/leftImg8bit/";

  @ParameterizedTest
  @CsvSource({
    L_AND_F
        + "test/04_Maurener_Weg_8/04_Maurener_Weg_8_000008_000040_leftImg8bit.png,"
        + " 758db78cc74a7dff826d6d2b0cababb4f73d8ea9890b35e9be4d01ca7c14cdd5",
    L_AND_F
        + "train/01_Hanns_Klemm_Str_45/01_Hanns_Klemm_Str_45_000001_000240_leftImg8bit.png,"
        + " 69f49c8fc8e800494a141583ce1f6657e7884c4a87d41089fccbb53da340fbd8",
    L_AND_F
        + "train/13_Elly_Beinhorn_Str/13_Elly_Beinhorn_Str_000000_000290_leftImg8bit.png,"
        + " 0d002efc5dd21959af4de6bf3f4bfa394224405237d0495f0390a86346d447e3",
    "cityscapes/leftImg8bit/train/aachen/aachen_000000_000019_leftImg8bit.png,"
        + " fb4670ff67e287cd0baf379afd49b7102b3685c4765da71008e2620d65a71b99"
  })
  void realPng_hasPillowsPixels(String name, String sha256OfPixels) {
    RgbPlane picture = Decoder.decodeRgb(RealData.bytes(name), ImageLimits.DEFAULT);

    assertThat(ToyBundle.sha256(picture.toByteArray())).isEqualTo(sha256OfPixels);
  }

  @Test
  void fishyscapesMasks_holdNothingButTheirThreeValues() throws IOException {
    Path folder = RealData.path("lost_and_found/fishyscapes_lostandfound");
    long valid = 0;
    long anomaly = 0;
    for (Path file : files(folder)) {
      BytePlane mask = Decoder.decodeLabels(Files.readAllBytes(file), ImageLimits.DEFAULT);
      assertThat(mask.count(0) + mask.count(1) + mask.count(255))
          .as("%s", file)
          .isEqualTo(mask.size());
      valid += mask.count(0) + mask.count(1);
      anomaly += mask.count(1);
    }
    assertThat(valid).isEqualTo(27_287_843);
    assertThat(anomaly).isEqualTo(114_522);
  }

  @Test
  void cityscapesLabelIds_areExact() {
    BytePlane labels =
        Decoder.decodeLabels(
            RealData.bytes(
                "cityscapes/gtFine/train/aachen/aachen_000000_000019_gtFine_labelIds.png"),
            ImageLimits.DEFAULT);

    assertThat(labels.count(7)).as("road").isEqualTo(831_082);
    assertThat(labels.count(11)).as("building").isEqualTo(611_938);
    assertThat(labels.count(0)).as("unlabeled").isEqualTo(9);
  }

  /** Means of R, G, B, then 16 pixels on a grid; the second picture is JPEG under a PNG's name. */
  @ParameterizedTest
  @CsvSource({
    "fishyscapes_static/images/0.jpg, 79.05, 86.26, 72.32,"
        + " 070c080b100a626e6a304131d6d8a6767c7a353e09303632"
        + "c7cdb1676b5c6b6f61282f285a65545a61516c7264616a59",
    "samples/road_anomaly_example.png, 84.89, 117.41, 114.80,"
        + " 539fdd589eda5696d621431e1c4620243e312542300a1c0e"
        + "1625126f7456979f905a5d406b746183948e7c8b84758c7c",
    "sequence_wos/000000_raw_data.jpg, 132.61, 133.47, 132.14,"
        + " 7f8f9e41423c52463665797aabada29e9898b9b2a8a9a099"
        + "a2a2a4dfdbd27a7b80978d8ca7a6a48484824a596c9aa6b2",
    "smiyc/RoadObstacle21_val/images/6.webp, 128.26, 140.79, 111.84,"
        + " 2c3a18d2e1e92133085864471834003d551710240b708169"
        + "3e6000aeb3b16c6d662e4e08afb0a9a1a6a4afadabeaebe4"
  })
  void realJpegOrWebp_isWithinTolerance(
      String name, double red, double green, double blue, String grid) {
    RgbPlane picture = Decoder.decodeRgb(RealData.bytes(name), ImageLimits.DEFAULT);

    double[] means = means(picture);
    assertThat(means).containsExactly(new double[] {red, green, blue}, within(0.25));
    byte[] expected = HexFormat.of().parseHex(grid);
    for (int i = 0; i < 16; i++) {
      int x = (i % 4 * 2 + 1) * picture.width() / 8;
      int y = (i / 4 * 2 + 1) * picture.height() / 8;
      assertThat(picture.red(x, y)).isCloseTo(expected[3 * i] & 0xFF, within(3));
      assertThat(picture.green(x, y)).isCloseTo(expected[3 * i + 1] & 0xFF, within(3));
      assertThat(picture.blue(x, y)).isCloseTo(expected[3 * i + 2] & 0xFF, within(3));
    }
  }

  @Test
  void everyRealCameraPicture_isWholeInOurEyes() throws IOException {
    int decoded = 0;
    for (String folder : List.of("road_anomaly/images", "nuscenes_multicam", "sequence_wos")) {
      for (Path file : files(RealData.path(folder))) {
        byte[] bytes = Files.readAllBytes(file);
        ImageSize size = ImageHeader.read(bytes);
        RgbPlane picture = Decoder.decodeRgb(bytes, ImageLimits.DEFAULT);
        assertThat(picture.width()).isEqualTo(size.width());
        assertThat(picture.height()).isEqualTo(size.height());
        decoded++;
      }
    }
    assertThat(decoded).isGreaterThan(30);
  }

  private static double[] means(RgbPlane picture) {
    double[] sums = new double[3];
    byte[] bytes = picture.toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      sums[i % 3] += bytes[i] & 0xFF;
    }
    for (int c = 0; c < 3; c++) {
      sums[c] *= 3.0 / bytes.length;
    }
    return sums;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
