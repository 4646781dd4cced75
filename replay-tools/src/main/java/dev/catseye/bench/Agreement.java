package dev.catseye.bench;

import dev.catseye.detect.HostTensor;
import dev.catseye.tools.ToolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether two runs gave the same: only then do their times say anything about each other. */
final class Agreement {
  private Agreement() {}

  /**
   * Compares every map, value by value.
   *
   * @throws ToolException that tells how far apart they are
   */
  static void require(Answer fused, Answer chained) {
    List<String> problems = new ArrayList<>();
    fused.maps().forEach((name, map) -> compare(name, map, chained.maps().get(name), problems));
    if (!problems.isEmpty()) {
      throw new ToolException(
          "the stages do not give what the fused graph gives, so their times say nothing: "
              + String.join("; ", problems));
    }
  }

  private static void compare(
      String name, HostTensor fused, HostTensor chained, List<String> problems) {
    if (!Arrays.equals(fused.shape(), chained.shape())) {
      problems.add("%s is %s against %s".formatted(name, chained, fused));
      return;
    }
    int different = 0;
    float largest = 0;
    for (int i = 0; i < fused.size(); i++) {
      float difference = Math.abs(fused.at(i) - chained.at(i));
      different += difference == 0 ? 0 : 1;
      largest = Math.max(largest, difference);
    }
    if (different > 0) {
      problems.add(
          "%s differs in %d of %d values, by up to %s"
              .formatted(name, different, fused.size(), largest));
    }
  }
}
