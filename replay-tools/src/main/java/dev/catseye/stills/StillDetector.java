package dev.catseye.stills;

import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.OperatingPoint;
import dev.catseye.bundle.PlanSpec;
import dev.catseye.detect.Detection;
import dev.catseye.detect.DetectorConfig;
import dev.catseye.detect.DetectorInfo;
import dev.catseye.detect.GoldenResult;
import dev.catseye.detect.OnnxDetector;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.Format;
import dev.catseye.image.ImageHeader;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.RgbPlane;
import dev.catseye.region.Region;
import dev.catseye.region.RegionRule;
import dev.catseye.region.Regions;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A detector that takes picture files. Owns the native session. Used by one thread. */
public final class StillDetector implements AutoCloseable {
  private final OnnxDetector detector;
  private final OperatingPoint operatingPoint;
  private final RegionRule rule;

  private StillDetector(OnnxDetector detector, OperatingPoint operatingPoint, RegionRule rule) {
    this.detector = detector;
    this.operatingPoint = operatingPoint;
    this.rule = rule;
  }

  /**
   * Loads the plan's graph and proves it on the golden frame.
   *
   * @param bundle borrowed for this call
   * @return to be closed by the caller
   * @throws dev.catseye.bundle.ModelException if the graph does not load, or the provider cannot be
   *     had
   * @throws ToolException if this machine does not answer the golden frame as it should
   */
  public static StillDetector open(Bundle bundle, StillConfig config) {
    PlanSpec plan = config.plan().map(bundle::plan).orElseGet(bundle::defaultPlan);
    OperatingPoint point =
        config
            .threshold()
            .map(threshold -> new OperatingPoint("given", threshold, "the command line"))
            .orElseGet(plan::defaultOperatingPoint);
    Set<Integer> drivable = bundle.labels().drivableIndices();
    RegionRule rule = RegionRule.of(point.threshold(), config.minAreaPx(), drivable);
    DetectorConfig how =
        new DetectorConfig(
            config.provider(), config.allowCpu(), config.threads(), List.of(plan.name()), Set.of());
    OnnxDetector detector = OnnxDetector.open(bundle, how);
    try {
      proveOnGoldenFrame(detector);
      return new StillDetector(detector, point, rule);
    } catch (RuntimeException e) {
      detector.close();
      throw e;
    }
  }

  private static void proveOnGoldenFrame(OnnxDetector detector) {
    GoldenResult golden = detector.checkGolden();
    if (!golden.passed()) {
      throw new ToolException(
          "this machine does not answer the golden frame as the bundle says: " + golden.summary());
    }
  }

  /** What answers. */
  public DetectorInfo info() {
    return detector.info();
  }

  /** The threshold in use, and why. */
  public OperatingPoint operatingPoint() {
    return operatingPoint;
  }

  /** The threshold as a byte of the score map, 0 to 256. */
  public int thresholdByte() {
    return rule.thresholdByte();
  }

  /**
   * Reads, decodes and scores one picture.
   *
   * @throws IOException if it cannot be read
   * @throws dev.catseye.image.FrameException if it is no whole picture, or too large
   * @throws dev.catseye.detect.InferenceException if the runtime fails on it
   */
  public Still detect(Path picture) throws IOException {
    ImageLimits limits = ImageLimits.DEFAULT;
    limits.checkBytes(Files.size(picture)); // before it is read
    byte[] bytes = Files.readAllBytes(picture);
    Format format = ImageHeader.read(bytes).format();
    RgbPlane frame = Decoder.decodeRgb(bytes, limits);
    Detection detection = detector.detect(frame);
    BytePlane scores = detection.anomaly().get(info().plans().get(0).name());
    List<Region> regions =
        Regions.of(scores, rule, frame.width(), frame.height(), detection.classMap());
    return new Still(picture, format, frame, scores, regions);
  }

  @Override
  public void close() {
    detector.close();
  }
}
