package dev.catseye.detect;

import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.GraphSpec;
import dev.catseye.bundle.ModelException;
import dev.catseye.bundle.OutputSpec;
import dev.catseye.bundle.PlanSpec;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Plane;
import dev.catseye.image.RgbPlane;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * A bundle's graph, ready to run.
 *
 * <p>Owns one native session and one reused input buffer; {@link #close()} frees them. Thread-safe:
 * one run at a time, further callers wait.
 */
public final class OnnxDetector implements AnomalyDetector, BatchDetector, AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Session session;
  private final Selection selection;
  private final Set<String> outputs;
  private final Optional<GoldenProof> proof;
  private final DetectorInfo info;
  private ByteBuffer input = ByteBuffer.allocateDirect(0);
  private boolean closed;

  private OnnxDetector(
      Session session, Selection selection, Optional<GoldenProof> proof, DetectorInfo info) {
    this.session = session;
    this.selection = selection;
    this.outputs = selection.outputs();
    this.proof = proof;
    this.info = info;
  }

  /**
   * Loads the graph of the plans asked for, without what only other plans need, and compares it
   * with the bundle's word.
   *
   * @param bundle borrowed for this call
   * @return to be closed by the caller
   * @throws ModelException if a plan is unknown, the plans lie in different graphs, the graph or
   *     the golden frame is not what the bundle says, or the provider cannot be had
   */
  public static OnnxDetector open(Bundle bundle, DetectorConfig config) {
    Selection selection = Selection.of(bundle, config);
    GraphSpec graph = selection.graph().keeping(selection.outputs());
    Optional<GoldenProof> proof = bundle.golden().map(golden -> GoldenProof.of(golden, graph));
    Session session = Session.open(bundle, graph, config.runtime());
    OutputSpec map = selection.mainMap();
    DetectorInfo info =
        new DetectorInfo(
            session.provider(),
            config.threads(),
            bundle.name() + " " + bundle.version(),
            bundle.digest(),
            selection.plans(),
            map.width(),
            map.height(),
            session.runtime());
    return new OnnxDetector(session, selection, proof, info);
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
   * Scores several frames in one run; one after another where the graph takes but one.
   *
   * @param frames at least one, all of one size
   * @return one detection per frame, in order, equal to what single runs give
   * @throws InferenceException if the runtime fails or an answer is not finite
   * @throws IllegalStateException after {@link #close()}
   */
  public List<Detection> detect(List<RgbPlane> frames) {
    lock.lock();
    try {
      if (frames.size() > 1 && !session.takesBatches()) {
        requireOneSize(frames);
        return frames.stream().map(this::detect).toList();
      }
      Answers answers = run(frames);
      return IntStream.range(0, frames.size()).mapToObj(answers::of).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean takesBatches() {
    return session.takesBatches();
  }

  @Override
  public Answers run(List<RgbPlane> frames) {
    requireOneSize(frames);
    lock.lock();
    try {
      long start = System.nanoTime();
      Map<String, MapBatch> maps = run(frames, outputs);
      long micros = (System.nanoTime() - start) / 1000;
      return index -> detection(maps, index, micros);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void terminate() {
    session.terminate();
  }

  /**
   * Runs the golden frame, or a black one of the main map's size, so that the first frame is fast.
   */
  public void warmUp() {
    warmUp(1);
  }

  /**
   * The same for a run of several frames.
   *
   * @param frames 1 or more; 1 where the graph takes no batches
   */
  public void warmUp(int frames) {
    int width = info.mapWidth();
    int height = info.mapHeight();
    RgbPlane frame =
        proof
            .map(GoldenProof::frame)
            .orElseGet(() -> RgbPlane.owning(width, height, new byte[3 * width * height]));
    run(Collections.nCopies(frames, frame));
  }

  /**
   * Runs the bundle's golden frame and compares every output that is asked for and has an expected
   * map.
   *
   * @return passed, with no measurement, when the bundle has no golden frame
   * @throws InferenceException if the runtime fails on it
   */
  public GoldenResult checkGolden() {
    lock.lock();
    try {
      return proof
          .map(golden -> golden.compare(run(List.of(golden.frame()), golden.outputs())))
          .orElseGet(() -> new GoldenResult(List.of()));
    } finally {
      lock.unlock();
    }
  }

  private static void requireOneSize(List<RgbPlane> frames) {
    RgbPlane first = frames.get(0);
    for (RgbPlane frame : frames) {
      if (frame.width() != first.width() || frame.height() != first.height()) {
        throw new IllegalArgumentException("a batch of " + first + " and " + frame);
      }
    }
  }

  private Map<String, MapBatch> run(List<RgbPlane> frames, Set<String> names) {
    if (closed) {
      throw new IllegalStateException("detector of " + info.bundle() + " is closed");
    }
    RgbPlane first = frames.get(0);
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
    for (PlanSpec plan : selection.plans()) {
      anomaly.put(plan.name(), maps.get(plan.output()).bytes(index));
    }
    Map<String, Plane> extras = new LinkedHashMap<>();
    selection.extras().forEach(name -> extras.put(name, maps.get(name).plane(index)));
    Optional<BytePlane> classMap = selection.classMap().map(name -> maps.get(name).bytes(index));
    return new Detection(anomaly, classMap, extras, micros);
  }

  /**
   * Frees the session; waits for a run in progress. A second call does nothing.
   *
   * @throws IllegalStateException if a run takes longer than 30 s; the session is then left to the
   *     process, for to free it under a run would end the process
   */
  @Override
  public void close() {
    try {
      if (!lock.tryLock(CLOSE_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("a run does not end; the session stays open");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a run to end", e);
    }
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
