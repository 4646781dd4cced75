package dev.catseye.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemdUnitTest {
  private static final Path FILE = Path.of("systemd/catseye.service");

  private final UnitFile unit;
  private final Map<String, List<String>> service;
  private final CommandLineWords start;

  SystemdUnitTest() throws IOException {
    unit = new UnitFile(FILE);
    service = unit.section("Service");
    start = CommandLineWords.of(String.join(" ", service.get("ExecStart")));
  }

  @Test
  void unit_hasTheThreeSectionsOfAService() {
    assertThat(unit.sectionNames()).containsExactly("Unit", "Service", "Install");
    assertThat(unit.section("Install")).containsEntry("WantedBy", List.of("multi-user.target"));
  }

  @Test
  void start_runsTheMainClassOfTheService() throws ReflectiveOperationException {
    assertThat(start.words().get(0)).isEqualTo("/usr/bin/java");
    assertThat(start.after("-cp")).isEqualTo("/opt/catseye/lib/*");
    Class<?> main = Class.forName(start.mainClass());
    assertThat(Modifier.isStatic(main.getMethod("main", String[].class).getModifiers())).isTrue();
  }

  @Test
  void start_readsTheSettingsThatTheHeaderInstalls() throws IOException {
    assertThat(start.after("--config")).isEqualTo("/etc/catseye/catseye.properties");
    assertThat(Files.readString(FILE))
        .contains("deploy/catseye.properties " + start.after("--config"))
        .contains("cp -r stream-app/target/lib /opt/catseye/lib");
  }

  @Test
  void nativeCode_isUnpackedWhereTheServiceMayWrite() {
    String cache = "/var/cache/" + service.get("CacheDirectory").get(0);
    assertThat(start.property("org.bytedeco.javacpp.cachedir")).isEqualTo(cache);
    assertThat(service).containsEntry("PrivateTmp", List.of("yes"));
  }

  @Test
  void telemetry_isOff() {
    assertThat(service.get("Environment")).contains("ORT_DISABLE_TELEMETRY=1");
  }

  @Test
  void environmentOfTheMachine_mayBeAbsent() {
    assertThat(service).containsEntry("EnvironmentFile", List.of("-/etc/catseye/environment"));
  }

  @Test
  void failures_areRestartedWithinABudgetButWrongSettingsAreNot() {
    assertThat(service)
        .containsEntry("Restart", List.of("on-failure"))
        .containsEntry("RestartPreventExitStatus", List.of("2"));
    assertThat(unit.section("Unit"))
        .containsEntry("StartLimitBurst", List.of("5"))
        .containsEntry("StartLimitIntervalSec", List.of("300"));
  }

  @ParameterizedTest
  @CsvSource({
    "User, catseye",
    "Group, catseye",
    "UMask, 0077",
    "AmbientCapabilities, ''",
    "CapabilityBoundingSet, ''",
    "LockPersonality, yes",
    "NoNewPrivileges, yes",
    "PrivateDevices, yes",
    "PrivateMounts, yes",
    "PrivateTmp, yes",
    "PrivateUsers, yes",
    "ProtectClock, yes",
    "ProtectControlGroups, yes",
    "ProtectHome, yes",
    "ProtectHostname, yes",
    "ProtectKernelLogs, yes",
    "ProtectKernelModules, yes",
    "ProtectKernelTunables, yes",
    "ProtectProc, invisible",
    "ProtectSystem, strict",
    "RemoveIPC, yes",
    "RestrictAddressFamilies, AF_INET AF_INET6 AF_UNIX",
    "RestrictNamespaces, yes",
    "RestrictRealtime, yes",
    "RestrictSUIDSGID, yes",
    "SystemCallArchitectures, native",
    "SystemCallErrorNumber, EPERM"
  })
  void rights_areTakenAway(String directive, String value) {
    assertThat(service).containsEntry(directive, List.of(value));
  }

  @Test
  void systemCalls_areThoseOfAServiceWithoutPrivileges() {
    assertThat(service)
        .containsEntry("SystemCallFilter", List.of("@system-service", "~@privileged"));
  }

  @Test
  void theJit_mayWriteCode() {
    assertThat(service).doesNotContainKey("MemoryDenyWriteExecute");
  }

  /** Exposure 2.0 or better; where systemd is installed. */
  @Test
  void systemdItself_ratesTheUnitAsWellProtected() throws IOException, InterruptedException {
    assumeTrue(onPath("systemd-analyze"), "systemd-analyze is not installed");

    Process rating =
        new ProcessBuilder(
                "systemd-analyze", "security", "--offline=true", "--threshold=20", FILE.toString())
            .redirectErrorStream(true)
            .start();
    String page = new String(rating.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(rating.waitFor()).as(page).isZero();
  }

  private static boolean onPath(String command) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }
}
