package dev.catseye.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PictureFolderTest {
  @TempDir private Path folder;

  private void files(String... names) throws IOException {
    for (String name : names) {
      Files.createFile(folder.resolve(name));
    }
  }

  @Test
  void pictures_comeInNaturalOrderAndOtherFilesStayOut() throws IOException {
    files("frame10.jpg", "frame9.PNG", "frame2.webp", "frame2b.jpeg", "times.csv", ".hidden");

    Drive drive = PictureFolder.list(folder);

    assertThat(drive.id()).isEqualTo(folder.getFileName().toString());
    assertThat(drive.pictures())
        .extracting(Picture::id)
        .containsExactly("frame2", "frame2b", "frame9", "frame10");
  }

  @Test
  void theSameNameTwice_isRefused() throws IOException {
    files("a.jpg", "a.png");
    assertThatThrownBy(() -> PictureFolder.list(folder))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("have one name");
  }

  @Test
  void numbersThatDifferInZerosOnly_areTwoPictures() throws IOException {
    files("7.jpg", "07.jpg");
    assertThat(PictureFolder.list(folder).pictures()).hasSize(2);
  }

  @Test
  void aFolderWithoutPictures_isNamed() {
    assertThatThrownBy(() -> PictureFolder.list(folder))
        .isInstanceOf(ToolException.class)
        .hasMessage("folder %s holds no .png, .jpg, .jpeg or .webp", folder);
  }
}
