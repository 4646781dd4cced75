package dev.catseye.stills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputNamesTest {
  @Test
  void differentNames_loseTheirEnding() {
    assertThat(names("drive/one.png", "two.v2.jpg", ".hidden"))
        .containsExactly("one", "two.v2", ".hidden");
  }

  @Test
  void namesThatDifferInTheirEnding_keepIt() {
    assertThat(names("one.png", "one.jpg", "two.jpg"))
        .containsExactly("one.png", "one.jpg", "two.jpg");
  }

  @Test
  void namesOfTwoFolders_getTheirFolders() {
    assertThat(names("a/one.png", "b/one.png")).containsExactly("a_one.png", "b_one.png");
    assertThat(names("a/x/one.png", "b/x/one.png")).containsExactly("a_x_one.png", "b_x_one.png");
  }

  @Test
  void namesThatDifferInCaseOnly_areToldApart() {
    assertThat(names("a/One.png", "b/one.png")).containsExactly("a_One.png", "b_one.png");
  }

  @Test
  void pathsThatJoinToTheSame_areNumbered() {
    assertThat(names("/a_b/c", "/a/b/c", "/b/c", "/x/a_b/c", "/x/a/b/c"))
        .containsExactly("a_b_c-1", "a_b_c-2", "b_c-3", "x_a_b_c-4", "x_a_b_c-5");
  }

  @Test
  void pictureNamedTwice_isOnePicture() {
    assertThat(OutputNames.of(paths("a/one.png", "./a/one.png")).keySet())
        .containsExactly(Path.of("a/one.png"));
  }

  private static List<String> names(String... pictures) {
    return List.copyOf(OutputNames.of(paths(pictures)).values());
  }

  private static List<Path> paths(String... pictures) {
    return Arrays.stream(pictures).map(Path::of).toList();
  }
}
