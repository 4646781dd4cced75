package dev.catseye.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static Settings of(Map<String, String> values) {
    return Settings.of(values, Map.of());
  }

  private static List<String> problems(Settings settings) {
    return catchThrowableOfType(ConfigException.class, settings::finish).problems();
  }

  @Test
  void absentSettings_giveTheDefaults() {
    Settings settings = of(Map.of());
    assertThat(settings.integer("count", 3, "").between(1, 9)).isEqualTo(3);
    assertThat(settings.real("score", 0.5f, "").between(0f, 1f)).isEqualTo(0.5f);
    assertThat(settings.real("other", "").betweenOrAbsent(0f, 1f)).isEmpty();
    assertThat(settings.path("file", "").anyOrAbsent()).isEmpty();
    settings.finish();
  }

  @Test
  void valuesOfEachKind_areRead() {
    Settings settings =
        of(
            Map.of(
                "count", "7",
                "pause", "250 ms",
                "limit", "8 MiB",
                "on", "true",
                "unit", "microseconds",
                "units", "seconds,days"));
    assertThat(settings.integer("count", 3, "").between(1, 9)).isEqualTo(7);
    assertThat(settings.duration("pause", Duration.ZERO, "").any())
        .isEqualTo(Duration.ofMillis(250));
    assertThat(settings.size("limit", 1, "").any()).isEqualTo(8L << 20);
    assertThat(settings.flag("on", false, "").any()).isTrue();
    assertThat(settings.choice("unit", TimeUnit.DAYS, "").any()).isEqualTo(TimeUnit.MICROSECONDS);
    assertThat(settings.choices("units", TimeUnit.class, Set.of(), "").any())
        .isEqualTo(EnumSet.of(TimeUnit.SECONDS, TimeUnit.DAYS));
    settings.finish();
  }

  @Test
  void everyMistake_isInOneList() {
    Settings settings =
        of(
            Map.of(
                "alarm.threshold", "1.4",
                "alarm.hits", "three",
                "alarm.hold-off", "2",
                "alarm.treshold", "0.5"));
    settings.real("alarm.threshold", 0.6f, "").between(0f, 1f);
    settings.integer("alarm.hits", 3, "").between(1, 64);
    settings.duration("alarm.hold-off", Duration.ofSeconds(2), "").any();
    settings.problem("two settings contradict each other");

    assertThat(problems(settings))
        .containsExactly(
            "alarm.threshold = 1.4: must be 0 to 1",
            "alarm.hits = three: must be a whole number",
            "alarm.hold-off = 2: must be a duration such as 250 ms, 2 s or 5 min",
            "two settings contradict each other",
            "unknown setting alarm.treshold; did you mean alarm.threshold?");
  }

  @Test
  void notANumber_isOutsideOfEveryRange() {
    Settings settings = of(Map.of("score", "NaN"));
    settings.real("score", 0.5f, "").between(0f, 1f);
    assertThat(problems(settings)).containsExactly("score = NaN: must be 0 to 1");
  }

  @Test
  void environment_standsAboveTheFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.properties"), "alarm.min-area-px = 10\n");
    Settings settings = Settings.load(file, Map.of("CATSEYE_ALARM_MIN_AREA_PX", "20"));
    assertThat(settings.integer("alarm.min-area-px", 64, "").any()).isEqualTo(20);
    settings.finish();
  }

  @Test
  void unknownVariable_isAMistake_exceptThoseThatOthersRead() {
    Settings settings =
        Settings.of(
            Map.of(),
            Map.of(
                "CATSEYE_BUNDEL",
                "x",
                "CATSEYE_JAVA_OPTS",
                "-Xmx1g",
                "CATSEYE_DATA",
                "/data",
                "PATH",
                "/bin"));
    settings.path("bundle", "").anyOrAbsent();
    assertThat(problems(settings))
        .containsExactly(
            "unknown environment variable CATSEYE_BUNDEL; did you mean CATSEYE_BUNDLE?");
  }

  @Test
  void group_holdsEverythingBelowItsPrefix() {
    Settings settings =
        Settings.of(
            Map.of("kafka.bootstrap.servers", "a:1", "kafka.ssl.key.password", "x"),
            Map.of("CATSEYE_KAFKA_SECURITY_PROTOCOL", "SSL"));
    assertThat(settings.group("kafka.", "", ""))
        .containsOnly(
            Map.entry("bootstrap.servers", "a:1"),
            Map.entry("ssl.key.password", "x"),
            Map.entry("security.protocol", "SSL"));
    settings.finish();
  }

  @Test
  void missingFile_isNamed(@TempDir Path folder) {
    Path missing = folder.resolve("none.properties");
    assertThatThrownBy(() -> Settings.load(missing, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("settings file " + missing + " does not exist");
  }

  @Test
  void tableLine_showsDefaultRangeAndMeaning() {
    Settings settings = of(Map.of());
    settings
        .duration("alarm.hold-off", Duration.ofSeconds(90), "pause")
        .between(Duration.ZERO, Duration.ofHours(2));
    assertThat(settings.lines().get(0).markdown())
        .isEqualTo("| `alarm.hold-off` | `90 s` | 0 ms to 2 h | pause |");
  }
}
