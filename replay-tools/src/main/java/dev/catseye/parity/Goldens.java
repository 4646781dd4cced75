package dev.catseye.parity;

import dev.catseye.detect.HostTensor;
import dev.catseye.image.Decoder;
import dev.catseye.image.FrameException;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.Plane;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tensors of a kit.
 *
 * @param tensors {@code class_map}, {@code E8}, {@code D8}, {@code label256}, {@code edge}, {@code
 *     P8} uint8 {@code [1, height, width]}; {@code S8} uint8 {@code [1, height, width, 3]}; {@code
 *     V}, {@code q}, {@code A}, {@code final_f16}, {@code final} float32 {@code [height, width]};
 *     {@code logits} float32 {@code [classes, height, width]}
 * @param logitsStep rows and columns between those that {@code logits} keeps
 * @param finalStep rows and columns between those that {@code final} keeps
 */
record Goldens(Map<String, HostTensor> tensors, int logitsStep, int finalStep) {
  private static final List<String> GREY =
      List.of("class_map", "E8", "D8", "label256", "edge", "P8");
  private static final List<String> ARRAYS = List.of("V", "q", "A");
  private static final String SYNTHESIS = "S8";
  private static final String FINAL = "final.npz";
  private static final String LOGITS = "logits_every16.npz";
  private static final Pattern STEP = Pattern.compile("(?:logits|final)_every([1-9]\\d{0,5}).*");

  Goldens {
    tensors = Map.copyOf(tensors);
  }

  /**
   * Reads every file.
   *
   * @throws ToolException if one is missing or cannot be read
   */
  static Goldens read(Path folder) throws IOException {
    String logits = logitsFile(folder);
    List<String> missing =
        Stream.of(
                Stream.concat(GREY.stream(), Stream.of(SYNTHESIS)).map(name -> name + ".png"),
                ARRAYS.stream().map(name -> name + ".npy"),
                Stream.of(FINAL, logits))
            .flatMap(names -> names)
            .filter(name -> !Files.isRegularFile(folder.resolve(name)))
            .toList();
    if (!missing.isEmpty()) {
      throw new ToolException("kit " + folder + " lacks " + String.join(", ", missing));
    }
    Map<String, HostTensor> tensors = new HashMap<>();
    for (String name : GREY) {
      tensors.put(name, picture(folder.resolve(name + ".png"), Decoder::decodeLabels));
    }
    tensors.put(SYNTHESIS, picture(folder.resolve(SYNTHESIS + ".png"), Decoder::decodeRgb));
    for (String name : ARRAYS) {
      tensors.put(name, Npy.read(folder.resolve(name + ".npy")));
    }
    Map<String, HostTensor> enlarged = Npy.readArchive(folder.resolve(FINAL));
    String sampled =
        enlarged.keySet().stream()
            .filter(name -> STEP.matcher(name).matches())
            .findFirst()
            .orElse("final_every4");
    tensors.put("final_f16", array(enlarged, "final_f16", folder.resolve(FINAL)));
    tensors.put("final", array(enlarged, sampled, folder.resolve(FINAL)));
    Path logitsPath = folder.resolve(logits);
    tensors.put("logits", array(Npy.readArchive(logitsPath), "Z", logitsPath));
    return new Goldens(tensors, step(logits), step(sampled));
  }

  private static String logitsFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> STEP.matcher(name).matches() && name.endsWith(".npz"))
          .findFirst()
          .orElse(LOGITS);
    }
  }

  private static int step(String name) {
    Matcher matcher = STEP.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(name);
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static HostTensor array(Map<String, HostTensor> arrays, String name, Path file) {
    HostTensor array = arrays.get(name);
    if (array == null) {
      throw new ToolException(file + " holds no array " + name);
    }
    return array;
  }

  private interface Decoding {
    Plane decode(byte[] png, ImageLimits limits);
  }

  private static HostTensor picture(Path file, Decoding decoding) throws IOException {
    try {
      return HostTensor.of(decoding.decode(Files.readAllBytes(file), ImageLimits.DEFAULT));
    } catch (FrameException e) {
      throw new ToolException(file + ": " + e.getMessage(), e);
    }
  }
}
