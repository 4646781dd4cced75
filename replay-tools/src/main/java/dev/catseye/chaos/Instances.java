package dev.catseye.chaos;

import dev.catseye.service.Installation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All instances of a run. */
final class Instances implements AutoCloseable {
  private final List<Instance> instances = new ArrayList<>();

  private Instances() {}

  /** Starts them together; they are not ready yet. */
  static Instances start(Installation installation, List<Instance.Setup> setups)
      throws IOException {
    Instances all = new Instances();
    try {
      for (Instance.Setup setup : setups) {
        all.instances.add(Instance.start(installation, setup));
      }
      return all;
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /**
   * Waits until all say that they make masks.
   *
   * @throws dev.catseye.tools.ToolException if one ends before that or takes too long
   */
  void awaitReady() throws InterruptedException {
    for (Instance instance : instances) {
      instance.process().awaitReady();
    }
  }

  List<Instance> all() {
    return List.copyOf(instances);
  }

  /** Processes of all so far. */
  int lives() {
    return instances.stream().mapToInt(Instance::lives).sum();
  }

  /** How processes ended that nobody killed, one line each. */
  List<String> ownEnds() {
    return instances.stream()
        .flatMap(instance -> instance.ownEnds().stream().map(end -> instance.id() + ", " + end))
        .toList();
  }

  /** Asks all to stop, one after the other. */
  void stop() throws InterruptedException {
    for (Instance instance : instances) {
      instance.stop();
    }
  }

  /** Ends all at once. */
  @Override
  public void close() {
    instances.forEach(Instance::close);
  }
}
