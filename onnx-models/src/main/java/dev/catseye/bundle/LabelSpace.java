package dev.catseye.bundle;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the indices of a class map mean.
 *
 * @param name such as {@code cityscapes-19}
 * @param classes names by index; index = trainId
 * @param drivable names of the classes that a vehicle may drive on
 */
public record LabelSpace(String name, List<String> classes, List<String> drivable) {
  /** Copies the lists. */
  public LabelSpace {
    classes = List.copyOf(classes);
    drivable = List.copyOf(drivable);
  }

  /** Indices of the drivable classes. */
  public Set<Integer> drivableIndices() {
    return drivable.stream().map(classes::indexOf).collect(Collectors.toUnmodifiableSet());
  }
}
