package dev.catseye.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.deploy.Containerfile.Instruction;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerfileTest {
  private static final Path ROOT = Path.of("..");
  private static final Path FILE = Path.of("container/Containerfile");
  private static final String HOME = "/opt/catseye/";

  private final Containerfile file;
  private final List<Instruction> image;
  private final CommandLineWords start;

  ContainerfileTest() throws IOException {
    file = new Containerfile(FILE);
    image = file.lastStage();
    List<String> words = new ArrayList<>(Containerfile.execForm(only("ENTRYPOINT")));
    words.addAll(Containerfile.execForm(only("CMD")));
    start = new CommandLineWords(words);
  }

  @Test
  void image_standsOnAJava17Runtime() {
    assertThat(image.get(0).text()).isEqualTo("${JRE_IMAGE}");
    assertThat(file.all("ARG"))
        .extracting(Instruction::text)
        .contains("JRE_IMAGE=docker.io/library/eclipse-temurin:17-jre");
  }

  @Test
  void start_runsTheMainClassOfTheService() throws ReflectiveOperationException {
    assertThat(start.words().get(0)).isEqualTo("java");
    assertThat(start.after("-cp")).isEqualTo(HOME + "lib/*");
    Class<?> main = Class.forName(start.mainClass());
    assertThat(Modifier.isStatic(main.getMethod("main", String[].class).getModifiers())).isTrue();
    assertThat(start.after("--config")).isEqualTo("/etc/catseye/catseye.properties");
  }

  @Test
  void telemetry_isOff() {
    assertThat(only("ENV").words()).contains("ORT_DISABLE_TELEMETRY=1");
  }

  @Test
  void user_isNotRootAndOwnsNoFileOfTheImage() {
    assertThat(only("USER").text()).matches("[1-9][0-9]*:[1-9][0-9]*");
    List<String> names = image.stream().map(Instruction::name).toList();
    assertThat(names.indexOf("USER")).isGreaterThan(names.lastIndexOf("COPY"));
    assertThat(image).extracting(Instruction::text).noneMatch(text -> text.contains("--chown"));
  }

  @Test
  void everythingCopied_isInTheContextAndExistsOrIsBuilt() throws IOException {
    List<String> context = Files.readAllLines(Path.of("container/Containerfile.dockerignore"));
    for (Instruction copy : file.all("COPY")) {
      List<String> words = copy.words();
      if (words.get(0).startsWith("--from=")) {
        continue;
      }
      for (String source : words.subList(0, words.size() - 1)) {
        String path = source.replaceAll("/$", "");
        assertThat(context).as(copy.text()).contains("!" + path);
        assertThat(path.contains("/target/") || Files.exists(ROOT.resolve(path)))
            .as("%s exists", path)
            .isTrue();
      }
    }
  }

  @Test
  void context_isClosedUnlessOpened() throws IOException {
    assertThat(Files.readAllLines(Path.of("container/Containerfile.dockerignore")))
        .filteredOn(line -> !line.startsWith("#"))
        .first()
        .isEqualTo("*");
  }

  @Test
  void imagesOwnFiles_allLieInOneFolder() {
    assertThat(image)
        .filteredOn(each -> each.name().equals("COPY"))
        .extracting(copy -> copy.words().get(copy.words().size() - 1))
        .containsExactly(HOME, HOME + "native/", HOME + "lib/", HOME + "bundles/starter/");
  }

  @Test
  void nativeCodeOfTheRuntime_isUnpackedAtBuildTime() {
    assertThat(start.property("onnxruntime.native.path") + "/").isEqualTo(HOME + "native/");
    assertThat(file.all("COPY"))
        .extracting(Instruction::text)
        .contains("--from=native /native/ " + HOME + "native/");
    assertThat(file.all("RUN"))
        .singleElement()
        .satisfies(run -> assertThat(run.text()).contains("ai/onnxruntime/native", "/native/"));
  }

  @Test
  void service_writesToTmpOnly() {
    assertThat(start.property("org.bytedeco.javacpp.cachedir")).startsWith("/tmp/");
    assertThat(only("WORKDIR").text()).isEqualTo("/tmp");
    assertThat(image).extracting(Instruction::name).doesNotContain("RUN", "VOLUME", "ADD");
  }

  private Instruction only(String name) {
    List<Instruction> found = image.stream().filter(each -> each.name().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }
}
