package dev.catseye.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.testing.Resources;
import dev.catseye.testing.ToyBundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  @TempDir private Path temp;

  @Test
  void soundBundle_saysWhatItIs() {
    Bundle bundle = Bundle.open(Resources.path("toy"));

    assertThat(bundle.name()).isEqualTo("toy");
    assertThat(bundle.version()).isEqualTo("0.1.0");
    assertThat(bundle.licence()).isEqualTo("Apache-2.0");
    assertThat(bundle.digest()).isEqualTo(ToyBundle.sha256(Resources.bytes("toy/bundle.json")));
    assertThat(bundle.labels().classes()).containsExactly("road", "leaf", "sky");
    assertThat(bundle.labels().drivableIndices()).isEqualTo(Set.of(0));
    assertThat(bundle.plans()).extracting(PlanSpec::name).containsExactly("entropy", "msp");
    assertThat(bundle.defaultPlan())
        .isEqualTo(
            new PlanSpec(
                "entropy",
                "graphs/fused.onnx",
                "entropy.anomaly",
                Optional.of("class_map"),
                "H / ln C",
                List.of(
                    new OperatingPoint(
                        "uncalibrated", 0.5f, "not measured; the middle of the scale"))));
    GraphSpec graph = bundle.graph(bundle.plan("msp"));
    assertThat(graph.output("msp.anomaly").orElseThrow().shape(2)).containsExactly(2, 32, 64);
    assertThat(bundle.graphBytes(graph))
        .isEqualTo(ByteBuffer.wrap(Resources.bytes("toy/graphs/fused.onnx")));
    assertThat(bundle.golden().orElseThrow().frameBytes())
        .isEqualTo(Resources.bytes("toy/golden/frame.png"));
  }

  @Test
  void outputs_haveTheGraphsSizeOrTheirOwn() {
    GraphSpec graph = Bundle.open(Resources.path("mixed")).graphs().get(0);

    assertThat(graph.output("synboost-light.score"))
        .contains(
            new OutputSpec(
                "synboost-light.score",
                DataType.FLOAT32,
                64,
                32,
                1,
                Optional.of("synboost-light"),
                "score",
                false));
    assertThat(graph.output("class_map").orElseThrow().shape(1)).containsExactly(1, 64, 128);
    assertThat(graph.output("synthesis").orElseThrow().shape(3)).containsExactly(3, 32, 64, 3);
  }

  @Test
  void zippedBundle_isTheSameBundle() throws IOException {
    Bundle bundle = Bundle.open(zipped(Resources.path("toy"), ""));

    assertThat(bundle.digest()).isEqualTo(Bundle.open(Resources.path("toy")).digest());
    assertThat(bundle.graphBytes(bundle.graphs().get(0)))
        .isEqualTo(ByteBuffer.wrap(Resources.bytes("toy/graphs/fused.onnx")));
  }

  @Test
  void zipWithAFolderAround_isRefusedWithAHint() throws IOException {
    Path zip = zipped(Resources.path("toy"), "toy/");

    assertThatThrownBy(() -> Bundle.open(zip))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "bundle " + zip + ": bundle.json: missing at the top, but there is toy/bundle.json");
  }

  @Test
  void fileThatIsNoZip_isRefused() throws IOException {
    Path file = Files.writeString(temp.resolve("bundle.zip"), "hello");

    assertThatThrownBy(() -> Bundle.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("bundle " + file + ": cannot be read: ");
  }

  @Test
  void missingFolder_isRefused() {
    assertThatThrownBy(() -> Bundle.open(temp.resolve("nowhere")))
        .isInstanceOf(ModelException.class)
        .hasMessage("bundle " + temp.resolve("nowhere") + ": does not exist");
  }

  @Test
  void graphChangedAfterOpening_isRefusedNotRun() throws IOException {
    ToyBundle toy = ToyBundle.copyTo(temp.resolve("toy"));
    Bundle bundle = Bundle.open(toy.folder());
    GraphSpec graph = bundle.graphs().get(0);
    byte[] changed = Files.readAllBytes(toy.file(ToyBundle.GRAPH));
    changed[changed.length / 2] ^= 1;

    toy.write(ToyBundle.GRAPH, changed);

    assertThatThrownBy(() -> bundle.graphBytes(graph))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(ToyBundle.GRAPH + ": SHA-256 ");
  }

  @Test
  void graphBytes_lieOutsideTheHeapAndCannotBeWritten() {
    Bundle bundle = Bundle.open(Resources.path("toy"));

    ByteBuffer bytes = bundle.graphBytes(bundle.graphs().get(0));

    assertThat(bytes.isDirect()).isTrue();
    assertThat(bytes.isReadOnly()).isTrue();
  }

  @Test
  void unknownPlan_isRefusedWithThoseThereAre() {
    Bundle bundle = Bundle.open(Resources.path("toy"));

    assertThatThrownBy(() -> bundle.plan("entropie"))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("no plan 'entropie'; it has entropy, msp");
  }

  private Path zipped(Path folder, String prefix) throws IOException {
    Path zip = temp.resolve("toy.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(prefix + folder.relativize(file)));
        out.write(Files.readAllBytes(file));
      }
    }
    return zip;
  }
}
