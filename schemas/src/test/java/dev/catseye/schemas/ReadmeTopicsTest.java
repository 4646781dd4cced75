package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of topics in the README says what the catalogue does. */
final class ReadmeTopicsTest {
  private static final String HEAD =
      """
      | Topic | Key | Partitions | Kept for | Kept up to, per partition | Largest record |
      |---|---|---|---|---|---|
      """;

  @Test
  void topicsTable_isThatOfTheCatalogue() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    String table =
        HEAD
            + Topics.withPrefix("").all().stream()
                .map(ReadmeTopicsTest::row)
                .collect(Collectors.joining("\n"));
    assertThat(readme).contains("<!-- topics -->\n" + table + "\n<!-- /topics -->");
  }

  private static String row(Topic<?> topic) {
    return "| `%s` | %s | %d | %d d | %d GiB | %d MiB |"
        .formatted(
            topic.name(),
            topic.keyMeaning(),
            topic.partitions(),
            topic.retention().toDays(),
            topic.retentionBytes() >> 30,
            topic.maxBytes() >> 20);
  }
}
