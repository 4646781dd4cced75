package dev.catseye.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.image.Decoder;
import dev.catseye.image.ImageLimits;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.GroundTruth;
import dev.catseye.source.DriveFixture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordFilesTest {
  @TempDir private Path folder;

  @Test
  void noName_beginsAnother() {
    assertThat(FrameFile.stem(new FrameId("front", "04_Maurener_Weg_8_000008", 1, 0)))
        .isEqualTo("front.04_Maurener_Weg_8_000008.n000001");
    assertThat(FrameFile.stem(new FrameId("front", "b", 10, 0)))
        .doesNotStartWith(FrameFile.stem(new FrameId("front", "b", 1, 0)));
  }

  @Test
  void aNameWithSlashes_staysInItsFolder() {
    assertThat(FrameFile.stem(new FrameId("../cam:1", "a/b", 0, 0)))
        .isEqualTo(".._cam_1.a_b.n000000");
  }

  @Test
  void eightBitScores_areThePngsValues() throws Exception {
    Path file = ScoreFile.write(RecordFixture.map(8, RecordFixture.SCORES), folder, "a");
    assertThat(file).hasFileName("a.png");
    assertThat(Decoder.decodeLabels(Files.readAllBytes(file), ImageLimits.DEFAULT).toByteArray())
        .isEqualTo(RecordFixture.SCORES);
  }

  @Test
  void sixteenBitScores_areANumpyFileOfFloats() throws Exception {
    byte[] samples = new byte[2 * RecordFixture.WIDTH * RecordFixture.HEIGHT];
    ByteBuffer.wrap(samples).putShort((short) 0).putShort((short) 0xFFFF).putShort((short) 0x8000);

    Path file = ScoreFile.write(RecordFixture.map(16, samples), folder, "a");

    assertThat(file).hasFileName("a.npy");
    ByteBuffer npy = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int headerBytes = npy.getShort(8);
    String header = new String(npy.array(), 10, headerBytes, StandardCharsets.US_ASCII);
    assertThat((10 + headerBytes) % 64).isZero();
    assertThat(header).startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }");
    assertThat(header).endsWith("\n");
    npy.position(10 + headerBytes);
    assertThat(npy.getFloat()).isZero();
    assertThat(npy.getFloat()).isEqualTo(1);
    assertThat(npy.getFloat()).isEqualTo(0x8000 / 65535f);
    assertThat(npy.remaining()).isEqualTo(4 * 5);
  }

  @Test
  void labelsOfAnyView_becomeNormalAnomalyAndVoid() throws Exception {
    for (int[] valueAndMeaning : new int[][] {{1, 0}, {2, 1}, {43, 1}, {0, 255}, {77, 255}}) {
      GroundTruth truth =
          new GroundTruth(
              RecordFixture.frame(0),
              "",
              Bytes.wrap(DriveFixture.labels(valueAndMeaning[0])),
              List.of(2, 43),
              List.of(1),
              List.of(0),
              "obstacle");
      Path file = LabelFile.write(truth, folder, "v" + valueAndMeaning[0]);
      assertThat(Decoder.decodeLabels(Files.readAllBytes(file), ImageLimits.DEFAULT).at(3, 3))
          .isEqualTo(valueAndMeaning[1]);
    }
  }

  @Test
  void theIndex_hasALineForEveryMaskAndQuotesWhatNeedsIt() throws Exception {
    try (IndexFile index = new IndexFile(folder)) {
      index.add(RecordFixture.detected(RecordFixture.frame(7)), Optional.of("x.png"));
      index.add(RecordFixture.rejected(), Optional.empty());
    }
    List<String> lines = Files.readAllLines(folder.resolve("index.csv"));
    assertThat(lines.get(0)).startsWith("camera_id,boot_id,sequence,captured_at,drive_id,outcome");
    assertThat(lines.get(1))
        .startsWith("front,boot,7,7000,\"a \"\"drive\"\", quoted\",DETECTED,NONE,entropy,")
        .endsWith(",32,16,4,2,x.png");
    assertThat(lines.get(2)).startsWith(",,,,").contains("REJECTED,SCHEMA");
  }

  @Test
  void aSecondIndexInOneFolder_isRefused() throws Exception {
    new IndexFile(folder).close();
    assertThatThrownBy(() -> new IndexFile(folder)).isInstanceOf(FileAlreadyExistsException.class);
  }
}
