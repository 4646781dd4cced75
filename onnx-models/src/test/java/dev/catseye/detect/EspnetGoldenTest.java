package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.bundle.Bundle;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.ImageLimits;
import dev.catseye.testing.Npy;
import dev.catseye.testing.Python;
import dev.catseye.testing.RealData;
import dev.catseye.testing.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real network on real frames: the fused graph in Java against the plain network in Python, whose
 * input Pillow and NumPy prepared. Skipped without the data or the Python environment.
 */
class EspnetGoldenTest {
  private static final int FRAMES = 3; // every fifth of the 16; all of them take a minute

  @TempDir private Path temp;

  @Test
  void fusedGraphInJava_givesThePlainNetworksClassesAndEntropy() throws IOException {
    Path network = RealData.path("derived/espnet_p2_q8.onnx");
    List<Path> frames = frames();
    Path bundle = temp.resolve("bundle");
    Python.run(
        "-c",
        "import sys; from catseye_models.cli import main; sys.exit(main())",
        "compose",
        "--segmentation",
        network,
        "--spec",
        Path.of("authoring", "specs", "espnet_p2_q8.json"),
        "--plans",
        "entropy",
        "-o",
        bundle);
    Python.run(reference(network, frames));

    try (OnnxDetector detector = OnnxDetector.open(Bundle.open(bundle), DetectorConfig.onCpu(2))) {
      for (int i = 0; i < frames.size(); i++) {
        byte[] png = Files.readAllBytes(frames.get(i));
        Detection detection = detector.detect(Decoder.decodeRgb(png, ImageLimits.DEFAULT));
        Path frame = frames.get(i).getFileName();

        assertThat(share(i + ".class_map.npy", detection.classMap().orElseThrow(), 0))
            .as("equal classes of %s", frame)
            .isGreaterThanOrEqualTo(0.9999);
        assertThat(share(i + ".entropy.npy", detection.anomaly().get("entropy"), 1))
            .as("entropy within 1 of 255 of %s", frame)
            .isGreaterThanOrEqualTo(0.999);
      }
    }
  }

  private Object[] reference(Path network, List<Path> frames) {
    return Stream.concat(
            Stream.of(Resources.path("espnet_reference.py"), network, temp), frames.stream())
        .toArray();
  }

  private double share(String expectedFile, BytePlane actual, int maxDifference) {
    Npy expected = Npy.file(temp.resolve(expectedFile));
    return BytePlane.owning(expected.axis(1), expected.axis(0), expected.bytes())
        .shareWithin(actual, maxDifference);
  }

  private static List<Path> frames() throws IOException {
    try (Stream<Path> files = Files.walk(RealData.path("lost_and_found/leftImg8bit"))) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
      return Stream.iterate(0, i -> i + 5).limit(FRAMES).map(all::get).toList();
    }
  }
}
