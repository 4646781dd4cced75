package dev.catseye.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlanesTest {
  @Test
  void planesOfEqualContent_areEqual() {
    assertThat(BytePlane.copyOf(2, 1, new byte[] {1, 2}))
        .isEqualTo(BytePlane.copyOf(2, 1, new byte[] {1, 2}))
        .hasSameHashCodeAs(BytePlane.copyOf(2, 1, new byte[] {1, 2}))
        .isNotEqualTo(BytePlane.copyOf(1, 2, new byte[] {1, 2}))
        .isNotEqualTo(BytePlane.copyOf(2, 1, new byte[] {1, 3}));
    assertThat(FloatPlane.copyOf(1, 1, new float[] {Float.NaN}))
        .isEqualTo(FloatPlane.copyOf(1, 1, new float[] {Float.NaN}))
        .isNotEqualTo(FloatPlane.copyOf(1, 1, new float[] {0}));
    assertThat(RgbPlane.copyOf(1, 1, new byte[] {1, 2, 3}))
        .isEqualTo(RgbPlane.copyOf(1, 1, new byte[] {1, 2, 3}))
        .hasSameHashCodeAs(RgbPlane.copyOf(1, 1, new byte[] {1, 2, 3}))
        .isNotEqualTo(RgbPlane.copyOf(1, 1, new byte[] {3, 2, 1}));
  }

  @Test
  void arrayChangedAfterwards_doesNotReachTheCopy() {
    byte[] values = {1, 2, 3};
    BytePlane plane = BytePlane.copyOf(3, 1, values);
    RgbPlane picture = RgbPlane.copyOf(1, 1, values);

    values[0] = 9;
    plane.toByteArray()[1] = 9;
    picture.toByteArray()[1] = 9;

    assertThat(plane).isEqualTo(BytePlane.copyOf(3, 1, new byte[] {1, 2, 3}));
    assertThat(picture).isEqualTo(RgbPlane.copyOf(1, 1, new byte[] {1, 2, 3}));
  }

  @Test
  void valuesAreReadUnsignedByColumnAndRow() {
    BytePlane plane = BytePlane.copyOf(2, 2, new byte[] {0, (byte) 200, 7, (byte) 255});
    RgbPlane picture = RgbPlane.copyOf(2, 1, new byte[] {0, 1, 2, (byte) 253, (byte) 254, -1});

    assertThat(plane.at(1, 0)).isEqualTo(200);
    assertThat(plane.at(1, 1)).isEqualTo(255);
    assertThat(plane.count(255)).isEqualTo(1);
    assertThat(plane.histogram()).hasSize(256).contains(1);
    assertThat(picture.red(1, 0)).isEqualTo(253);
    assertThat(picture.green(1, 0)).isEqualTo(254);
    assertThat(picture.blue(1, 0)).isEqualTo(255);
  }

  @Test
  void wrongLength_isRefusedWithTheNumbers() {
    assertThatThrownBy(() -> RgbPlane.copyOf(4, 2, new byte[23]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("plane of 4x2x3 holds 23 values, expected 24");
    assertThatThrownBy(() -> BytePlane.copyOf(0, 2, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("plane width 0 below 1");
  }

  @Test
  void columnOutside_isRefusedThoughItsIndexExists() {
    BytePlane plane = BytePlane.copyOf(2, 2, new byte[4]);

    assertThatThrownBy(() -> plane.at(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> plane.at(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shareWithin_countsThePixelsThatAreCloseEnough() {
    BytePlane plane = BytePlane.copyOf(4, 1, new byte[] {0, 10, (byte) 200, (byte) 255});
    BytePlane other = BytePlane.copyOf(4, 1, new byte[] {0, 11, (byte) 198, 0});

    assertThat(plane.shareWithin(other, 0)).isEqualTo(0.25);
    assertThat(plane.shareWithin(other, 1)).isEqualTo(0.5);
    assertThat(plane.shareWithin(other, 2)).isEqualTo(0.75);
    assertThat(plane.shareWithin(other, 255)).isEqualTo(1);
  }

  @Test
  void bufferOfAPlane_cannotBeWritten() {
    ByteBuffer buffer = BytePlane.copyOf(1, 1, new byte[] {5}).asReadOnlyBuffer();

    assertThat(buffer.isReadOnly()).isTrue();
    assertThat(buffer.get()).isEqualTo((byte) 5);
  }

  @Test
  void scoresOfBytes_areParts255() {
    FloatPlane scores = FloatPlane.ofBytes(BytePlane.copyOf(3, 1, new byte[] {0, 51, (byte) 255}));

    assertThat(scores).isEqualTo(FloatPlane.copyOf(3, 1, new float[] {0, 0.2f, 1}));
  }

  @Test
  void lumaOfHalfBlackHalfWhite_hasItsMeanAndSpread() {
    byte[] halves = new byte[12];
    Arrays.fill(halves, 6, 12, (byte) 255);

    Luma luma = Luma.of(RgbPlane.copyOf(2, 2, halves));

    assertThat(luma.mean()).isEqualTo(127.5);
    assertThat(luma.spread()).isEqualTo(127.5);
  }

  @Test
  void lumaOfAFlatPicture_hasNoSpread() {
    byte[] flat = new byte[300];
    Arrays.fill(flat, (byte) 97);

    assertThat(Luma.of(RgbPlane.copyOf(10, 10, flat)).spread()).isLessThan(1e-5);
  }
}
