package dev.catseye.detect;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.ModelException;
import dev.catseye.bundle.StageSpec;
import dev.catseye.bundle.TensorSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The stages that some outputs need, run one after another; what one gives reaches the next without
 * passing through the heap. Owns their native sessions. Used by one thread at a time.
 */
public final class StageChain implements AutoCloseable {
  private final List<Stage> stages;
  private final Set<String> outputs; // wanted on the heap
  private final Set<String> taken; // by some stage

  private StageChain(List<Stage> stages, Set<String> outputs) {
    this.stages = stages;
    this.outputs = outputs;
    this.taken = new HashSet<>();
    stages.forEach(stage -> stage.spec().inputs().forEach(input -> taken.add(input.name())));
  }

  /**
   * Loads the stages that {@code outputs} need.
   *
   * @param bundle borrowed for this call
   * @param outputs tensor names that the stages of the bundle give, at least one
   * @return to be closed by the caller
   * @throws ModelException if no stage gives an output, a stage cannot be loaded, or the provider
   *     cannot be had
   */
  public static StageChain open(Bundle bundle, Set<String> outputs, RuntimeConfig config) {
    List<Stage> opened = new ArrayList<>();
    StageChain chain = null;
    try {
      for (StageSpec spec : needed(bundle, outputs)) {
        opened.add(Stage.open(bundle, spec, config));
      }
      chain = new StageChain(List.copyOf(opened), Set.copyOf(outputs));
      return chain;
    } finally {
      if (chain == null) {
        opened.forEach(Stage::close);
      }
    }
  }

  /** The stages that outputs need, in running order. */
  private static List<StageSpec> needed(Bundle bundle, Set<String> outputs) {
    Set<String> missing = new TreeSet<>(outputs);
    Deque<StageSpec> needed = new ArrayDeque<>();
    for (int i = bundle.stages().size() - 1; i >= 0; i--) {
      StageSpec stage = bundle.stages().get(i);
      Set<String> given = new HashSet<>();
      stage.outputs().forEach(output -> given.add(output.name()));
      if (missing.removeAll(given)) {
        needed.addFirst(stage);
        stage.inputs().forEach(input -> missing.add(input.name()));
      }
    }
    missing.remove(StageSpec.FRAMES.name());
    if (!missing.isEmpty()) {
      throw new ModelException(
          bundle.toString(),
          missing.stream().map(name -> "no stage gives '" + name + "'").toList());
    }
    return List.copyOf(needed);
  }

  /** The stages that are run, in order. */
  public List<StageSpec> stages() {
    return stages.stream().map(Stage::spec).toList();
  }

  /**
   * Runs all stages once.
   *
   * @param frames uint8 {@code [n, height, width, 3]}, R G B
   * @return the outputs that were asked for when it was opened
   * @throws InferenceException if the runtime fails or an output is of another shape than told
   */
  public ChainResult run(HostTensor frames) {
    Map<String, HostTensor> found = new LinkedHashMap<>();
    Map<String, Long> micros = new LinkedHashMap<>();
    Map<String, OnnxTensor> there = new HashMap<>();
    List<OrtSession.Result> results = new ArrayList<>(); // own the tensors in `there`
    long start = System.nanoTime();
    try (OnnxTensor first = stages.get(0).toNative(frames)) {
      there.put(StageSpec.FRAMES.name(), first);
      for (Stage stage : stages) {
        Set<String> asked = asked(stage.spec());
        long stageStart = System.nanoTime();
        OrtSession.Result result = stage.run(there, asked);
        micros.put(stage.spec().name(), (System.nanoTime() - stageStart) / 1000);
        results.add(result);
        for (Map.Entry<String, OnnxValue> output : result) {
          there.put(output.getKey(), (OnnxTensor) output.getValue());
        }
        found.putAll(stage.toHost(result, outputs));
      }
      return new ChainResult(found, micros, (System.nanoTime() - start) / 1000);
    } finally {
      results.forEach(OrtSession.Result::close);
    }
  }

  /** What somebody needs of a stage: the caller, or a later stage. */
  private Set<String> asked(StageSpec stage) {
    Set<String> asked = new HashSet<>();
    for (TensorSpec output : stage.outputs()) {
      if (outputs.contains(output.name()) || taken.contains(output.name())) {
        asked.add(output.name());
      }
    }
    return asked;
  }

  @Override
  public void close() {
    stages.forEach(Stage::close);
  }
}
