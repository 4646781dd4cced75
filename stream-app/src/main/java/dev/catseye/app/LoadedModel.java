package dev.catseye.app;

import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.ModelException;
import dev.catseye.bundle.OperatingPoint;
import dev.catseye.bundle.OutputSpec;
import dev.catseye.bundle.PlanSpec;
import dev.catseye.detect.DetectorConfig;
import dev.catseye.detect.DetectorInfo;
import dev.catseye.detect.GoldenResult;
import dev.catseye.detect.InferenceException;
import dev.catseye.detect.LaneConfig;
import dev.catseye.detect.OnnxDetector;
import dev.catseye.metrics.ModelLabels;
import dev.catseye.perceive.Model;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that is proven before the first frame: loaded, right on the golden frame, and warm for
 * every number of frames that a run may have. Owns the detector.
 */
final class LoadedModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedModel.class);

  private final Bundle bundle;
  private final OnnxDetector detector;
  private final Model model;
  private final Duration frameTime;
  private final LaneConfig lane;

  private LoadedModel(
      Bundle bundle, OnnxDetector detector, Model model, Duration frameTime, LaneConfig lane) {
    this.bundle = bundle;
    this.detector = detector;
    this.model = model;
    this.frameTime = frameTime;
    this.lane = lane;
  }

  /**
   * Loads and proves the model.
   *
   * @throws ModelException if the bundle does not fit, or this machine answers the golden frame
   *     otherwise than expected
   */
  static LoadedModel open(Bundle bundle, ServiceConfig config) {
    OnnxDetector detector = OnnxDetector.open(bundle, detector(bundle, config));
    try {
      detector.warmUp();
      long start = System.nanoTime();
      GoldenResult golden = detector.checkGolden();
      Duration frameTime = Duration.ofNanos(System.nanoTime() - start);
      if (!golden.passed()) {
        throw new ModelException(
            bundle.toString(),
            List.of("the golden frame is answered wrongly: " + golden.summary()));
      }
      LaneConfig lane = lane(detector, config, frameTime);
      lane.sizes().stream().skip(1).forEach(detector::warmUp);
      Model model = describe(bundle, detector.info(), config);
      LoadedModel loaded = new LoadedModel(bundle, detector, model, frameTime, lane);
      LOG.info(
          "{}, plan {}, on {} with {} threads; golden frame right in {} ms; up to {} frames a run",
          bundle,
          loaded.model.plan(),
          loaded.model.provider(),
          detector.info().threads(),
          frameTime.toMillis(),
          lane.maxFrames());
      LOG.debug("golden frame: {}", golden.summary());
      return loaded;
    } catch (InferenceException e) {
      detector.close();
      throw new ModelException(
          bundle.toString(), List.of("the golden frame fails: " + e.getMessage()), e);
    } catch (RuntimeException e) {
      detector.close();
      throw e;
    }
  }

  /** With the plan's scores: a value that is not finite shows there, not in the map of bytes. */
  private static DetectorConfig detector(Bundle bundle, ServiceConfig config) {
    PlanSpec plan = config.plan().map(bundle::plan).orElseGet(bundle::defaultPlan);
    Set<String> scores =
        bundle.graph(plan).outputs().stream()
            .filter(output -> output.plan().equals(Optional.of(plan.name())))
            .filter(output -> output.map().equals("score"))
            .map(OutputSpec::name)
            .collect(Collectors.toSet());
    return config.inference().detector(plan.name(), scores);
  }

  /** A run may take twice what the golden frame took for each of its frames, if that is more. */
  private static LaneConfig lane(OnnxDetector detector, ServiceConfig config, Duration frameTime) {
    boolean takesBatches = detector.takesBatches();
    Duration usual = frameTime.multipliedBy(takesBatches ? config.inference().batch() : 1);
    Duration twice = usual.multipliedBy(2);
    Duration maxRun = twice.compareTo(config.slowestFrame()) > 0 ? twice : config.slowestFrame();
    return config.inference().lane(takesBatches, maxRun);
  }

  private static Model describe(Bundle bundle, DetectorInfo info, ServiceConfig config) {
    PlanSpec plan = info.plans().get(0);
    return new Model(
        info.provider().name(),
        plan.name(),
        bundle.digest(),
        threshold(bundle, plan, config),
        bundle.labels().drivableIndices());
  }

  private static float threshold(Bundle bundle, PlanSpec plan, ServiceConfig config) {
    OperatingPoint point =
        config
            .operatingPoint()
            .map(name -> operatingPoint(bundle, plan, name))
            .orElseGet(plan::defaultOperatingPoint);
    return config.perceive().threshold().orElse(point.threshold());
  }

  private static OperatingPoint operatingPoint(Bundle bundle, PlanSpec plan, String name) {
    return plan.operatingPoints().stream()
        .filter(point -> point.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    bundle.toString(),
                    List.of(
                        "plan %s has no operating point %s, but %s"
                            .formatted(
                                plan.name(),
                                name,
                                plan.operatingPoints().stream()
                                    .map(OperatingPoint::name)
                                    .collect(Collectors.joining(", "))))));
  }

  Bundle bundle() {
    return bundle;
  }

  OnnxDetector detector() {
    return detector;
  }

  /** What answers, as masks say it. */
  Model model() {
    return model;
  }

  /** The model as its meter names it. */
  ModelLabels labels() {
    return new ModelLabels(
        bundle.name(),
        bundle.version(),
        bundle.digest(),
        model.plan(),
        model.provider(),
        bundle.graph(bundle.plan(model.plan())).precision());
  }

  /** Time that the golden frame took on the warm detector. */
  Duration frameTime() {
    return frameTime;
  }

  /** How its frames are put together into runs. */
  LaneConfig lane() {
    return lane;
  }

  @Override
  public void close() {
    detector.close();
  }
}
