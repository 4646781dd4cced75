package dev.catseye.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.FrameId;
import dev.catseye.source.DriveFixture;
import dev.catseye.source.Label;
import dev.catseye.source.LabelView;
import dev.catseye.source.Picture;
import dev.catseye.source.PlannedFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadedFrameTest {
  @TempDir private Path folder;

  private PlannedFrame plan(byte[] picture, Optional<byte[]> label) throws IOException {
    Path file = Files.write(folder.resolve("a.png"), picture);
    Optional<Label> labels = Optional.empty();
    if (label.isPresent()) {
      labels =
          Optional.of(
              new Label(Files.write(folder.resolve("l.png"), label.get()), LabelView.HAZARD));
    }
    return new PlannedFrame(
        new FrameId("front", "boot", 0, 0),
        ClockDomain.MONOTONIC,
        "drive",
        0,
        new Picture("a", file, labels));
  }

  @Test
  void aJpegNamedPng_isAJpegAndItsBytesStayAsTheyAre() throws Exception {
    byte[] jpeg = DriveFixture.image("jpg");
    LoadedFrame loaded = LoadedFrame.read(plan(jpeg, Optional.empty()));
    assertThat(loaded.encoding()).isEqualTo(Encoding.JPEG);
    assertThat(loaded.content()).isEqualTo(Bytes.of(jpeg));
    assertThat(loaded.size().width()).isEqualTo(DriveFixture.WIDTH);
    assertThat(loaded.size().height()).isEqualTo(DriveFixture.HEIGHT);
  }

  @Test
  void aTruncatedPicture_isSent_becauseTheServiceJudgesIt() throws Exception {
    byte[] png = DriveFixture.image("png");
    byte[] half = Arrays.copyOf(png, png.length - 20);
    assertThat(LoadedFrame.read(plan(half, Optional.empty())).content().size())
        .isEqualTo(half.length);
  }

  @Test
  void whatIsNoPicture_isSkippedByName() throws Exception {
    PlannedFrame text = plan(new byte[] {1, 2, 3}, Optional.empty());
    assertThatThrownBy(() -> LoadedFrame.read(text))
        .isInstanceOf(SkippedException.class)
        .hasMessageStartingWith(folder.resolve("a.png") + ": ");
  }

  @Test
  void anEmptyFile_isSkipped() throws Exception {
    PlannedFrame empty = plan(new byte[0], Optional.empty());
    assertThatThrownBy(() -> LoadedFrame.read(empty)).isInstanceOf(SkippedException.class);
  }

  @Test
  void labelsOfAnotherFormat_areSkippedWithBothSizes() throws Exception {
    PlannedFrame mixed = plan(DriveFixture.image("png"), Optional.of(DriveFixture.image("jpg")));
    assertThatThrownBy(() -> LoadedFrame.read(mixed))
        .isInstanceOf(SkippedException.class)
        .hasMessageContaining("labels are JPEG 32x16, expected PNG 32x16");
  }

  @Test
  void aFileThatIsGone_isSkipped() throws Exception {
    PlannedFrame gone = plan(DriveFixture.image("png"), Optional.empty());
    Files.delete(gone.picture().file());
    assertThatThrownBy(() -> LoadedFrame.read(gone))
        .isInstanceOf(SkippedException.class)
        .hasMessageContaining("cannot be read");
  }
}
