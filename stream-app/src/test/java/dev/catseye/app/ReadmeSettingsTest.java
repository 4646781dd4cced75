package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.config.SettingLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table of settings is what {@code catseye service --settings} prints. */
class ReadmeSettingsTest {
  private static final String BEGIN = "<!-- settings -->";
  private static final String END = "<!-- /settings -->";

  @Test
  void readme_hasEverySettingAsItIs() throws Exception {
    List<String> readme = Files.readAllLines(Path.of("../README.md"));
    List<String> table =
        Stream.concat(
                Stream.of("| Key | Default | Range | Meaning |", "|---|---|---|---|"),
                Main.settingLines().stream().map(SettingLine::markdown))
            .toList();
    assertThat(readme).contains(BEGIN, END);
    assertThat(readme.subList(readme.indexOf(BEGIN) + 1, readme.indexOf(END)))
        .containsExactlyElementsOf(table);
  }
}
