package dev.catseye.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * On the real frames, which may not be redistributed: set CATSEYE_DATA to the folder that holds
 * lost_and_found.
 */
final class RealLostAndFoundTest {
  private final Path root =
      Path.of(Optional.ofNullable(System.getenv("CATSEYE_DATA")).orElse("../../shared/data"))
          .resolve("lost_and_found");

  @BeforeEach
  void requireTheData() {
    assumeTrue(Files.isDirectory(root), "no real Lost & Found frames at " + root);
  }

  @Test
  void sixteenFramesOfThreeDrives_eachWithItsFishyscapesMask() throws Exception {
    LabelFolder labels =
        LabelFolder.open(LabelFolder.usual(root, LabelView.FISHYSCAPES), LabelView.FISHYSCAPES);
    List<Drive> drives = LostAndFound.list(root, Selection.ALL, Optional.of(labels));

    assertThat(drives)
        .extracting(Drive::id)
        .containsExactly(
            "01_Hanns_Klemm_Str_45_000001",
            "04_Maurener_Weg_8_000008",
            "13_Elly_Beinhorn_Str_000000");
    List<Picture> pictures = drives.stream().flatMap(drive -> drive.pictures().stream()).toList();
    assertThat(pictures).hasSize(16);
    assertThat(pictures)
        .allSatisfy(
            picture ->
                assertThat(picture.label().orElseThrow().file().getFileName().toString())
                    .endsWith(picture.id() + "_labels.png"));
  }
}
