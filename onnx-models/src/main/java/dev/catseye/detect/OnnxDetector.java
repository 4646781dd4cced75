package dev.catseye.detect;

import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.DataType;
import dev.catseye.bundle.Golden;
import dev.catseye.bundle.GraphSpec;
import dev.catseye.bundle.ModelException;
import dev.catseye.bundle.OutputSpec;
import dev.catseye.bundle.PlanSpec;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.FloatPlane;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.RgbPlane;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A bundle's graph, ready to run.
 *
 * <p>Owns one native session and one reused input buffer; {@link #close()} frees them. Thread-safe:
 * one run at a time, further callers wait.
 */
public final class OnnxDetector implements AnomalyDetector, AutoCloseable {
  private final Object lock = new Object();
  private final Session session;
  private final GraphSpec graph;
  private final List<PlanSpec> plans;
  private final Set<String> outputs;
  private final Optional<Golden> golden;
  private final DetectorInfo info;
  private ByteBuffer input = ByteBuffer.allocateDirect(0);
  private boolean closed;

  private OnnxDetector(
      Bundle bundle,
      DetectorConfig config,
      GraphSpec graph,
      List<PlanSpec> plans,
      Session session) {
    this.session = session;
    this.graph = graph;
    this.plans = plans;
    this.golden = bundle.golden();
    this.outputs = new LinkedHashSet<>(config.optionalOutputs());
    plans.forEach(plan -> outputs.add(plan.output()));
    plans.get(0).classMap().ifPresent(outputs::add);
    this.info =
        new DetectorInfo(
            session.provider(),
            config.threads(),
            bundle.name() + " " + bundle.version(),
            bundle.digest(),
            plans,
            graph.mapWidth(),
            graph.mapHeight(),
            session.runtime());
  }

  /**
   * Loads the graph of the plans asked for and compares it with the bundle's word.
   *
   * @param bundle borrowed for this call
   * @return to be closed by the caller
   * @throws ModelException if a plan is unknown, the plans lie in different graphs, the graph is
   *     not what the bundle says, or the provider cannot be had
   */
  public static OnnxDetector open(Bundle bundle, DetectorConfig config) {
    List<PlanSpec> plans =
        config.plans().isEmpty()
            ? List.of(bundle.defaultPlan())
            : config.plans().stream().map(bundle::plan).toList();
    GraphSpec graph = bundle.graph(plans.get(0));
    List<String> problems = new ArrayList<>();
    for (PlanSpec plan : plans) {
      if (!bundle.graph(plan).equals(graph)) {
        problems.add(
            String.format(
                "plans '%s' and '%s' lie in different graphs; one detector runs one graph",
                plans.get(0).name(), plan.name()));
      }
    }
    for (String name : config.optionalOutputs()) {
      if (graph.output(name).isEmpty()) {
        problems.add("no output '" + name + "' in " + graph.file().path());
      }
    }
    if (!problems.isEmpty()) {
      throw new ModelException(bundle.toString(), problems);
    }
    return new OnnxDetector(bundle, config, graph, plans, Session.open(bundle, graph, config));
  }

  /** What answers, and where it is really computed. */
  public DetectorInfo info() {
    return info;
  }

  @Override
  public Detection detect(RgbPlane frame) {
    return detect(List.of(frame)).get(0);
  }

  /**
   * Scores several frames in one run.
   *
   * @param frames at least one, all of one size
   * @return one detection per frame, in order, equal to what single runs give
   * @throws InferenceException if the runtime fails or an answer is not finite
   * @throws IllegalStateException after {@link #close()}
   */
  public List<Detection> detect(List<RgbPlane> frames) {
    synchronized (lock) {
      long start = System.nanoTime();
      Map<String, MapBatch> maps = run(frames, outputs);
      long micros = (System.nanoTime() - start) / 1000;
      List<Detection> detections = new ArrayList<>();
      for (int i = 0; i < frames.size(); i++) {
        detections.add(detection(maps, i, micros));
      }
      return detections;
    }
  }

  /** Runs the golden frame, or a black one of the working size, so that the first frame is fast. */
  public void warmUp() {
    RgbPlane frame =
        golden
            .map(proof -> Decoder.decodeRgb(proof.frameBytes(), ImageLimits.DEFAULT))
            .orElseGet(
                () ->
                    RgbPlane.owning(
                        graph.mapWidth(),
                        graph.mapHeight(),
                        new byte[3 * graph.mapWidth() * graph.mapHeight()]));
    detect(frame);
  }

  /**
   * Runs the bundle's golden frame and compares every output that has an expected map in this
   * graph.
   *
   * @return passed, with no measurement, when the bundle has no golden frame
   * @throws InferenceException if the runtime fails on it
   */
  public GoldenResult checkGolden() {
    if (golden.isEmpty()) {
      return new GoldenResult(List.of());
    }
    List<Golden.Expected> expected =
        golden.get().expected().stream()
            .filter(item -> graph.output(item.output()).isPresent())
            .toList();
    Set<String> names = new LinkedHashSet<>();
    expected.forEach(item -> names.add(item.output()));
    RgbPlane frame = Decoder.decodeRgb(golden.get().frameBytes(), ImageLimits.DEFAULT);
    synchronized (lock) {
      Map<String, MapBatch> maps = run(List.of(frame), names);
      return new GoldenResult(
          expected.stream()
              .map(item -> GoldenResult.Measured.of(item, maps.get(item.output()).bytes(0)))
              .toList());
    }
  }

  private Map<String, MapBatch> run(List<RgbPlane> frames, Set<String> names) {
    if (closed) {
      throw new IllegalStateException("detector of " + info.bundle() + " is closed");
    }
    RgbPlane first = frames.get(0);
    for (RgbPlane frame : frames) {
      if (frame.width() != first.width() || frame.height() != first.height()) {
        throw new IllegalArgumentException("a batch of " + first + " and " + frame);
      }
    }
    ByteBuffer buffer = buffer(Math.multiplyExact(first.sizeBytes(), frames.size()));
    frames.forEach(frame -> frame.putInto(buffer));
    return session.run(buffer.flip(), frames.size(), first.height(), first.width(), names);
  }

  /** The reused input buffer, empty and of at least {@code size} bytes. */
  private ByteBuffer buffer(int size) {
    if (input.capacity() < size) {
      input = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
    return input.clear();
  }

  private Detection detection(Map<String, MapBatch> maps, int index, long micros) {
    Map<String, BytePlane> anomaly = new LinkedHashMap<>();
    plans.forEach(plan -> anomaly.put(plan.name(), maps.get(plan.output()).bytes(index)));
    Map<String, FloatPlane> extras = new LinkedHashMap<>();
    for (OutputSpec output : graph.outputs()) {
      if (output.type() == DataType.FLOAT32 && maps.containsKey(output.name())) {
        extras.put(output.name(), maps.get(output.name()).floats(index));
      }
    }
    Optional<BytePlane> classMap = plans.get(0).classMap().map(name -> maps.get(name).bytes(index));
    return new Detection(anomaly, classMap, extras, micros);
  }

  /** Frees the session; waits for a run in progress. A second call does nothing. */
  @Override
  public void close() {
    synchronized (lock) {
      if (!closed) {
        closed = true;
        session.close();
      }
    }
  }
}
