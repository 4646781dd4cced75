package dev.catseye.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard ask for meters, types and labels that the service has. */
class MonitoringTest {
  private static final Path RULES = Path.of("prometheus/catseye-rules.yml");
  private static final Path DASHBOARD = Path.of("grafana/catseye.json");
  private static final Pattern RULE = Pattern.compile("(?m)^      - alert: (\\w+)$");
  private static final Pattern EXPRESSION =
      Pattern.compile("(?m)^        expr: (?:\\|\\n((?:          .*\\n)+)|(.+)\\n)");

  /** What Prometheus adds to every sample. */
  private static final Set<String> ADDED = Set.of("instance", "job");

  private static List<String> rules() throws IOException {
    String text = Files.readString(RULES);
    List<Integer> starts = RULE.matcher(text).results().map(match -> match.start()).toList();
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      rules.add(
          text.substring(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : text.length()));
    }
    return rules;
  }

  private static Expression expression(String rule) {
    Matcher found = EXPRESSION.matcher(rule);
    assertThat(found.find()).as(rule).isTrue();
    String text = found.group(1) == null ? found.group(2) : found.group(1);
    return new Expression(text.replaceAll("\\s+", " "));
  }

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(Files.readString(DASHBOARD));
  }

  private static List<Expression> expressions() throws IOException {
    List<Expression> all = new ArrayList<>();
    rules().forEach(rule -> all.add(expression(rule)));
    for (JsonNode panel : dashboard().get("panels")) {
      panel.get("targets").forEach(target -> all.add(new Expression(target.get("expr").asText())));
    }
    return all;
  }

  @Test
  void everyMeter_isOneOfTheServiceWithThoseLabels() throws IOException {
    ServiceMeters meters = new ServiceMeters();
    for (Expression expression : expressions()) {
      Set<String> known = new TreeSet<>(ADDED);
      known.add("le");
      for (Expression.Selector selector : expression.selectors()) {
        assertThat(meters.typeOf(selector.meter())).as(selector.meter()).isPresent();
        Set<String> labels = new TreeSet<>(meters.labelsOf(selector.meter()));
        labels.addAll(ADDED);
        assertThat(labels).as(expression.text()).containsAll(selector.labels());
        known.addAll(labels);
      }
      if (expression.selectors().stream().allMatch(each -> each.meter().startsWith("catseye_"))) {
        assertThat(known).as(expression.text()).containsAll(expression.groupings());
      }
    }
  }

  @Test
  void growth_isAskedOfWhatOnlyGrows() throws IOException {
    ServiceMeters meters = new ServiceMeters();
    for (Expression expression : expressions()) {
      assertThat(expression.grown())
          .as(expression.text())
          .allSatisfy(
              meter -> assertThat(meters.typeOf(meter).orElseThrow()).isIn("counter", "histogram"));
      assertThat(expression.quantilesAreOfBuckets()).as(expression.text()).isTrue();
      assertThat(expression.isBalanced()).as(expression.text()).isTrue();
    }
  }

  @Test
  void everyAlert_hasItsOwnNameASeverityAndASentence() throws IOException {
    List<String> rules = rules();
    assertThat(rules).hasSizeGreaterThan(10);
    assertThat(rules)
        .allSatisfy(
            rule ->
                assertThat(rule)
                    .containsPattern("\\n        labels: \\{severity: (warning|critical)\\}\\n")
                    .containsPattern("\\n          summary: \".+\"\\n"));
    Set<String> names =
        RULE.matcher(Files.readString(RULES))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toSet());
    assertThat(names).hasSize(rules.size());
  }

  @Test
  void panels_haveTitlesAndDoNotOverlap() throws IOException {
    Set<String> titles = new HashSet<>();
    Set<Integer> cells = new HashSet<>();
    for (JsonNode panel : dashboard().get("panels")) {
      assertThat(titles.add(panel.get("title").asText())).as("%s", panel.get("title")).isTrue();
      JsonNode place = panel.get("gridPos");
      for (int x = 0; x < place.get("w").asInt(); x++) {
        for (int y = 0; y < place.get("h").asInt(); y++) {
          int column = place.get("x").asInt() + x;
          assertThat(column).isLessThan(24);
          assertThat(cells.add(24 * (place.get("y").asInt() + y) + column))
              .as("%s", panel.get("title"))
              .isTrue();
        }
      }
    }
  }

  @Test
  void scrapeExample_namesThePortOfTheSettingsAndTheRules() throws IOException {
    String scrape = Files.readString(Path.of("prometheus/prometheus.yml"));
    assertThat(Files.readString(Path.of("catseye.properties"))).contains("http.port = 9464");
    assertThat(scrape).contains("127.0.0.1:9464", "job_name: catseye", "- catseye-rules.yml");
    assertThat(Files.readString(RULES)).contains("up{job=\"catseye\"}");
  }
}
