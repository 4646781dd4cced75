package dev.catseye.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.catseye.bundle.DataType;
import dev.catseye.detect.HostTensor;
import dev.catseye.tools.ToolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
  private static final Path KIT = Path.of("..", "onnx-models", "src", "test", "resources", "kit");

  @TempDir private Path temp;

  @Test
  void filesOfNumPy_areRead() throws IOException {
    assertThat(Npy.read(KIT.resolve("q.npy"))).hasToString("float32 [32, 64]");
    Map<String, HostTensor> enlarged = Npy.readArchive(KIT.resolve("final.npz"));
    assertThat(enlarged).containsOnlyKeys("final_f16", "final_every4");
    HostTensor whole = enlarged.get("final_f16");
    HostTensor sampled = enlarged.get("final_every4");
    assertThat(whole).hasToString("float32 [120, 200]");
    for (int i = 0; i < sampled.size(); i++) {
      float half = whole.at(i / 50 * 4 * 200 + i % 50 * 4);
      assertThat(half).isCloseTo(sampled.at(i), offset(5e-4f));
    }
  }

  @Test
  void float16_isReadToTheLastBit() throws IOException {
    short[] bits = {
      0x0000,
      (short) 0x8000,
      0x0001,
      0x03FF,
      0x0400,
      0x3C00,
      (short) 0xC000,
      0x3555,
      0x7BFF,
      0x7C00,
      (short) 0xFC00,
      0x7E00
    };
    ByteBuffer data = ByteBuffer.allocate(2 * bits.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asShortBuffer().put(bits);

    HostTensor halves = Npy.read(file(1, "<f2", "False", "(12,)", data.array()));

    float[] expected = {
      0f,
      -0f,
      0x1p-24f,
      1023 * 0x1p-24f,
      0x1p-14f,
      1f,
      -2f,
      1365 / 4096f,
      65504f,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN
    };
    for (int i = 0; i < expected.length; i++) {
      assertThat(halves.at(i)).as("%04x", bits[i]).isEqualTo(Float.valueOf(expected[i]));
    }
  }

  @Test
  void otherTypesAndVersions_areRead() throws IOException {
    byte[] real = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.1).array();

    HostTensor bytes = Npy.read(file(2, "|u1", "False", "(1, 2)", new byte[] {7, -1}));
    HostTensor doubles = Npy.read(file(3, "<f8", "False", "()", real));

    assertThat(bytes.type()).isEqualTo(DataType.UINT8);
    assertThat(bytes.at(1)).isEqualTo(255f);
    assertThat(doubles.at(0)).isEqualTo(0.1f);
    assertThat(doubles.shape()).isEmpty();
  }

  @Test
  void whatIsNoSuchFile_isRefusedByName() throws IOException {
    Path text = Files.writeString(temp.resolve("text.npy"), "hello, world");
    assertRefused(text, ": no NumPy file");
    byte[] whole = Files.readAllBytes(file(1, "<f4", "False", "(2,)", new byte[8]));
    assertRefused(Files.write(text, Arrays.copyOf(whole, 40)), ": a NumPy file that is cut off");
    assertRefused(
        Files.write(text, Arrays.copyOf(whole, whole.length - 1)),
        ": 7 bytes, 2 values of type <f4 need 8");
    assertRefused(
        file(1, "<i8", "False", "(1,)", new byte[8]),
        ": type <i8, expected uint8, float16, float32 or float64");
    assertRefused(
        file(1, "<f4", "True", "(1, 2)", new byte[8]),
        ": not an array in C order: {'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }");
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(ToolException.class)
        .hasMessage(file + message);
  }

  private Path file(int version, String type, String fortran, String shape, byte[] data)
      throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n".formatted(type, fortran, shape);
    ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
    if (version == 1) {
      length.putShort((short) header.length());
    } else {
      length.putInt(header.length());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    out.writeBytes(length.array());
    out.writeBytes(header.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(data);
    return Files.write(temp.resolve("array.npy"), out.toByteArray());
  }
}
