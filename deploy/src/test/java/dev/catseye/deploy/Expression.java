package dev.catseye.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PromQL expression, as far as the tests look into it. */
record Expression(String text) {
  private static final Pattern METER = Pattern.compile("\\b((?:catseye|jvm|process)_\\w+)");
  private static final Pattern SELECTOR = Pattern.compile(METER.pattern() + "(?:\\{([^}]*)\\})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");
  private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern OVER_TIME =
      Pattern.compile("\\b(?:rate|increase)\\(" + METER.pattern());
  private static final Pattern QUANTILE =
      Pattern.compile(
          "histogram_quantile\\([^,]+,\\s*sum by \\(([^)]*)\\) \\(rate\\(" + METER.pattern());

  /** A meter with the labels that it is selected by. */
  record Selector(String meter, Set<String> labels) {}

  List<Selector> selectors() {
    List<Selector> selectors = new ArrayList<>();
    Matcher found = SELECTOR.matcher(text);
    while (found.find()) {
      Set<String> labels = new TreeSet<>();
      if (found.group(2) != null) {
        Matcher label = MATCHER.matcher(found.group(2));
        while (label.find()) {
          labels.add(label.group(1));
        }
      }
      selectors.add(new Selector(found.group(1), labels));
    }
    return selectors;
  }

  /** Labels that results are grouped by. */
  Set<String> groupings() {
    Set<String> labels = new TreeSet<>();
    GROUPING
        .matcher(text)
        .results()
        .forEach(match -> labels.addAll(List.of(match.group(1).split(",\\s*"))));
    return labels;
  }

  /** Meters whose growth is asked for. */
  Set<String> grown() {
    Set<String> meters = new TreeSet<>();
    OVER_TIME.matcher(text).results().forEach(match -> meters.add(match.group(1)));
    return meters;
  }

  /** Whether each quantile is one of buckets, grouped by their bounds. */
  boolean quantilesAreOfBuckets() {
    long sound =
        QUANTILE
            .matcher(text)
            .results()
            .filter(match -> List.of(match.group(1).split(",\\s*")).contains("le"))
            .filter(match -> match.group(2).endsWith("_bucket"))
            .count();
    return sound == text.split("histogram_quantile", -1).length - 1;
  }

  /** Whether every parenthesis, brace and bracket is closed. */
  boolean isBalanced() {
    return count("(") == count(")") && count("{") == count("}") && count("[") == count("]");
  }

  private long count(String sign) {
    return text.split(Pattern.quote(sign), -1).length - 1L;
  }
}
