package dev.catseye.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LostAndFoundTest {
  @TempDir private Path root;
  private DriveFixture fixture;

  @BeforeEach
  void newFixture() {
    fixture = new DriveFixture(root);
  }

  private List<Drive> list() throws IOException {
    return LostAndFound.list(root, Selection.ALL, Optional.empty());
  }

  private List<Drive> list(LabelView view) throws IOException {
    LabelFolder labels = LabelFolder.open(LabelFolder.usual(root, view), view);
    return LostAndFound.list(root, Selection.ALL, Optional.of(labels));
  }

  private static List<String> ids(List<Drive> drives) {
    return drives.stream().flatMap(drive -> drive.pictures().stream()).map(Picture::id).toList();
  }

  @Test
  void aStreetWithDigits_isReadFromTheRight() {
    assertThat(LostAndFoundName.ofFile("14_Otto_Lilienthal_Str_24_000002_000130_leftImg8bit.png"))
        .contains(new LostAndFoundName("14_Otto_Lilienthal_Str_24", "000002", "000130"));
  }

  @Test
  void aSceneThatLooksLikeANumber_isReadFromTheRight() {
    assertThat(LostAndFoundName.ofFile("000001_000002_000003_leftImg8bit.png"))
        .contains(new LostAndFoundName("000001", "000002", "000003"));
  }

  @Test
  void otherFiles_areNoPictures() {
    assertThat(LostAndFoundName.ofFile("04_Maurener_Weg_8_000008_000040_rightImg8bit.png"))
        .isEmpty();
    assertThat(LostAndFoundName.ofFile("04_Maurener_Weg_8_000008_40_leftImg8bit.png")).isEmpty();
    assertThat(LostAndFoundName.ofFile("contact-sheet.png")).isEmpty();
  }

  @Test
  void oneDrivePerSequence_inTheOrderOfSceneSequenceAndFrame() throws IOException {
    fixture.picture("train", "02_Goethe_Str_6", "02_Goethe_Str_6_000000_000020");
    fixture.picture("test", "01_Turmstr_17", "01_Turmstr_17_000001_000010");
    fixture.picture("test", "01_Turmstr_17", "01_Turmstr_17_000000_000110");
    fixture.picture("test", "01_Turmstr_17", "01_Turmstr_17_000000_000020");

    assertThat(list())
        .extracting(Drive::id)
        .containsExactly("01_Turmstr_17_000000", "01_Turmstr_17_000001", "02_Goethe_Str_6_000000");
    assertThat(ids(list()))
        .startsWith("01_Turmstr_17_000000_000020", "01_Turmstr_17_000000_000110");
  }

  @Test
  void aSelection_takesSplitSceneAndSequence() throws IOException {
    fixture.picture("train", "02_Goethe_Str_6", "02_Goethe_Str_6_000000_000020");
    fixture.picture("test", "01_Turmstr_17", "01_Turmstr_17_000000_000020");
    fixture.picture("test", "01_Turmstr_17", "01_Turmstr_17_000001_000020");

    Selection one = new Selection(Set.of("test"), Set.of("01_Turmstr_17"), Set.of("000001"));
    Selection byDrive = new Selection(Set.of(), Set.of(), Set.of("02_Goethe_Str_6_000000"));
    assertThat(ids(LostAndFound.list(root, one, Optional.empty())))
        .containsExactly("01_Turmstr_17_000001_000020");
    assertThat(ids(LostAndFound.list(root, byDrive, Optional.empty())))
        .containsExactly("02_Goethe_Str_6_000000_000020");
  }

  @Test
  void coarseLabels_areThoseOfTheSameSplitAndView() throws IOException {
    fixture.labelled("test", "01_Turmstr_17", "01_Turmstr_17_000000_000020");

    assertThat(list(LabelView.HAZARD).get(0).pictures().get(0).label())
        .contains(
            new Label(
                root.resolve(
                    "gtCoarse/test/01_Turmstr_17/01_Turmstr_17_000000_000020_gtCoarse_labelTrainIds.png"),
                LabelView.HAZARD));
    assertThat(list(LabelView.OBSTACLE).get(0).pictures().get(0).label().orElseThrow().file())
        .hasFileName("01_Turmstr_17_000000_000020_gtCoarse_labelIds.png");
  }

  @Test
  void fishyscapesMasks_areJoinedByIdWhateverTheirNumber() throws IOException {
    fixture.picture("test", "01_Turmstr_17", "01_Turmstr_17_000000_000020");
    fixture.picture("test", "01_Turmstr_17", "01_Turmstr_17_000000_000030");
    fixture.mask(0, "01_Turmstr_17_000000_000030");

    List<Picture> pictures = list(LabelView.FISHYSCAPES).get(0).pictures();
    assertThat(pictures.get(0).label()).isEmpty();
    assertThat(pictures.get(1).label().orElseThrow().file())
        .hasFileName("0000_01_Turmstr_17_000000_000030_labels.png");
  }

  @Test
  void labelsThatFitNoPicture_areRefusedWithTheNumber() {
    fixture.picture("test", "01_Turmstr_17", "01_Turmstr_17_000000_000020");
    fixture.mask(0, "other");

    assertThatThrownBy(() -> list(LabelView.FISHYSCAPES))
        .isInstanceOf(ToolException.class)
        .hasMessageStartingWith("none of 1 pictures has labels in")
        .hasMessageContaining("(view fishyscapes)");
  }

  @Test
  void aFolderOfLabelsThatIsNotThere_isNamed() {
    fixture.picture("test", "01_Turmstr_17", "01_Turmstr_17_000000_000020");
    assertThatThrownBy(() -> list(LabelView.HAZARD))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("no folder %s", root.resolve("gtCoarse"));
  }

  @Test
  void oneNameInTwoSplits_isRefused() {
    fixture.picture("val", "90_Drawn", "90_Drawn_000000_000000");
    fixture.picture("test", "90_Drawn", "90_Drawn_000000_000000");
    assertThatThrownBy(this::list)
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("have one name; --split takes one split");
  }

  @Test
  void anotherLayout_isRefused() throws IOException {
    Files.createDirectories(root.resolve("images"));
    assertThatThrownBy(this::list)
        .isInstanceOf(ToolException.class)
        .hasMessage("%s is no data set in Lost & Found layout: it has no folder leftImg8bit", root);
  }
}
