package dev.catseye.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineTest {
  @TempDir private Path proc;

  @Test
  void x86_hasNameAndTheFlagsThatMatter() throws IOException {
    write(
        "cpuinfo",
        """
        processor\t: 0
        model name\t: Some CPU @ 2.00GHz
        flags\t\t: fpu sse4_2 avx avx2 avx512f avx512_vnni amx_int8 rdpid

        processor\t: 1
        model name\t: Another CPU
        """);

    Machine machine = Machine.read(proc);

    assertThat(machine.processor()).isEqualTo("Some CPU @ 2.00GHz");
    assertThat(machine.flags()).containsExactly("avx2", "avx512f", "avx512_vnni", "amx_int8");
    assertThat(machine.cores()).isPositive();
    assertThat(machine.gpu()).isEmpty();
  }

  @Test
  void arm_hasFeaturesAndNoName() throws IOException {
    write("cpuinfo", "processor : 0\nFeatures : fp asimd asimddp i8mm crc32\n");

    Machine machine = Machine.read(proc);

    assertThat(machine.processor()).isEqualTo(System.getProperty("os.arch"));
    assertThat(machine.flags()).containsExactly("asimd", "asimddp", "i8mm");
  }

  @Test
  void systemThatTellsNothing_isKnownByItsArchitecture() {
    Machine machine = Machine.read(proc);

    assertThat(machine.processor()).isEqualTo(System.getProperty("os.arch"));
    assertThat(machine.flags()).isEmpty();
  }

  @Test
  void gpu_isNamedByItsDriver() throws IOException {
    write("driver/nvidia/gpus/0000:01:00.0/information", "Model: \t\t NVIDIA X\nIRQ:   \t\t 1\n");

    assertThat(Machine.read(proc).gpu()).hasValue("NVIDIA X");
  }

  private void write(String name, String text) throws IOException {
    Path file = proc.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
