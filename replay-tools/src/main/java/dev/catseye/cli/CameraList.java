package dev.catseye.cli;

import dev.catseye.schemas.Topics;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The option {@code --cameras} of the verbs that place frames. */
final class CameraList {
  private CameraList() {}

  /**
   * The catalogue for these cameras.
   *
   * @param cameras ids in the order of their partitions; none for partitions by hash
   * @throws ParameterException if one is no camera id or is listed twice
   */
  static Topics topics(CommandLine command, KafkaOptions kafka, List<String> cameras) {
    try {
      return kafka.topics().withCameras(cameras.stream().map(String::strip).toList());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, "--cameras: " + e.getMessage(), e);
    }
  }
}
