package dev.catseye.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a figure was measured on.
 *
 * @param processor its name, or the architecture where the system does not tell it
 * @param cores that this process may use
 * @param flags those instruction sets of it that decide how fast networks run, in the system's
 *     words
 * @param gpu name of the first NVIDIA GPU
 */
public record Machine(String processor, int cores, List<String> flags, Optional<String> gpu) {
  private static final Set<String> TOLD =
      Set.of(
          // x86-64
          "avx2",
          "avx512f",
          "avx512_vnni",
          "avx512_bf16",
          "avx_vnni",
          "amx_tile",
          "amx_int8",
          "amx_bf16",
          // arm64
          "asimd",
          "asimddp",
          "asimdhp",
          "bf16",
          "i8mm",
          "sve");

  /** Copies the list. */
  public Machine {
    flags = List.copyOf(flags);
  }

  /** This machine. */
  public static Machine here() {
    return read(Path.of("/proc"));
  }

  /**
   * The machine that {@code proc} tells of, in Linux's files {@code cpuinfo} and {@code driver}.
   */
  static Machine read(Path proc) {
    Map<String, String> cpu = fields(proc.resolve("cpuinfo"));
    String flags = cpu.getOrDefault("flags", cpu.getOrDefault("Features", ""));
    return new Machine(
        cpu.getOrDefault("model name", System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        Arrays.stream(flags.split(" ")).filter(TOLD::contains).toList(),
        gpu(proc.resolve("driver/nvidia/gpus")));
  }

  /**
   * Processes that wanted to run, mean of the last minute; empty where the system does not tell.
   */
  public static OptionalDouble load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? OptionalDouble.empty() : OptionalDouble.of(load);
  }

  private static Optional<String> gpu(Path gpus) {
    if (!Files.isDirectory(gpus)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(gpus)) {
      return folders
          .sorted()
          .map(folder -> fields(folder.resolve("information")).get("Model"))
          .filter(model -> model != null)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // a name less in the report
    }
  }

  /** Lines {@code name : value}, the first of each name; none where the file cannot be read. */
  private static Map<String, String> fields(Path file) {
    Map<String, String> fields = new TreeMap<>();
    try (Stream<String> lines = Files.lines(file)) {
      lines
          .map(line -> line.split(":", 2))
          .filter(parts -> parts.length == 2)
          .forEach(parts -> fields.putIfAbsent(parts[0].strip(), parts[1].strip()));
    } catch (IOException e) {
      return Map.of();
    }
    return fields;
  }
}
