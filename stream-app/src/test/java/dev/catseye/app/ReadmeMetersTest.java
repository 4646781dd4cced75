package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.metrics.Meters;
import dev.catseye.metrics.ProcessState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's table of meters names every meter that there is, and no other. */
class ReadmeMetersTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| .*");
  private static final Pattern NAME = Pattern.compile("`(catseye_[a-z_]+)`");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (catseye_[a-z_]+) ");

  @Test
  void readme_namesEveryMeter() throws Exception {
    Meters meters = new Meters();
    meters.process(() -> new ProcessState(true, true, 0, List.of()));

    String rows =
        ROW.matcher(Files.readString(Path.of("../README.md")))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.joining("\n"));
    Set<String> scraped = names(TYPE, meters.text());
    scraped.removeIf(name -> name.endsWith("_created")); // a counter's beginning
    assertThat(names(NAME, rows)).isEqualTo(scraped);
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
