package dev.catseye.detect;

import dev.catseye.bundle.Golden;
import dev.catseye.bundle.GraphSpec;
import dev.catseye.bundle.ModelException;
import dev.catseye.bundle.OutputSpec;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.FrameException;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.RgbPlane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A bundle's golden frame and the maps expected of one graph, decoded. Immutable. */
final class GoldenProof {
  private static final ImageLimits LIMITS = ImageLimits.DEFAULT;

  private final RgbPlane frame;
  private final Map<Golden.Expected, BytePlane> maps;

  private GoldenProof(RgbPlane frame, Map<Golden.Expected, BytePlane> maps) {
    this.frame = frame;
    this.maps = maps;
  }

  /**
   * Decodes the frame, and the maps that {@code graph} answers.
   *
   * @throws ModelException if one is no whole picture, or a map has not the size of its output
   */
  static GoldenProof of(Golden golden, GraphSpec graph) {
    List<String> problems = new ArrayList<>();
    Map<Golden.Expected, BytePlane> maps = new LinkedHashMap<>();
    for (Golden.Expected item : golden.expected()) {
      Optional<OutputSpec> output = graph.output(item.output());
      if (output.isPresent()) {
        Optional<BytePlane> map =
            decoded(item.output(), problems, () -> Decoder.decodeLabels(item.mapBytes(), LIMITS));
        map.ifPresent(plane -> checkSize(output.get(), plane, problems));
        map.ifPresent(plane -> maps.put(item, plane));
      }
    }
    Optional<RgbPlane> frame =
        decoded("frame", problems, () -> Decoder.decodeRgb(golden.frameBytes(), LIMITS));
    if (!problems.isEmpty()) {
      throw new ModelException("golden pictures of " + graph.file().path(), problems);
    }
    return new GoldenProof(frame.orElseThrow(), maps);
  }

  private static <T> Optional<T> decoded(String what, List<String> problems, Supplier<T> decoding) {
    try {
      return Optional.of(decoding.get());
    } catch (FrameException e) {
      problems.add(what + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void checkSize(OutputSpec output, BytePlane map, List<String> problems) {
    if (map.width() != output.width() || map.height() != output.height()) {
      problems.add(
          String.format(
              "%s: %dx%d, expected %dx%d",
              output.name(), map.width(), map.height(), output.width(), output.height()));
    }
  }

  /** The frame to run. */
  RgbPlane frame() {
    return frame;
  }

  /** Tensor names of the outputs to compare. */
  Set<String> outputs() {
    return maps.keySet().stream()
        .map(Golden.Expected::output)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** How close {@code actual}, by tensor name, comes to what is expected. */
  GoldenResult compare(Map<String, MapBatch> actual) {
    List<GoldenResult.Measured> measured = new ArrayList<>();
    maps.forEach(
        (item, map) -> {
          BytePlane answer = actual.get(item.output()).bytes(0);
          measured.add(
              new GoldenResult.Measured(
                  item.output(),
                  map.shareWithin(answer, item.maxDifference()),
                  item.share(),
                  item.maxDifference()));
        });
    return new GoldenResult(measured);
  }
}
