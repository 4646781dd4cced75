package dev.catseye.stills;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catseye.detect.DetectorInfo;
import dev.catseye.region.Region;

/** What was found in one picture, as JSON; positions and areas in pixels of the picture. */
final class StillJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StillJson() {}

  static byte[] of(Still still, StillDetector detector) {
    DetectorInfo info = detector.info();
    ObjectNode json =
        JSON.createObjectNode()
            .put("picture", still.picture().toString())
            .put("format", still.format().name())
            .put("width", still.frame().width())
            .put("height", still.frame().height())
            .put("bundle", info.bundle())
            .put("bundle_digest", info.bundleDigest())
            .put("plan", info.plans().get(0).name())
            .put("provider", info.provider().name())
            .put("threshold", detector.operatingPoint().threshold())
            .put("operating_point", detector.operatingPoint().name())
            .put("max_score", still.maxScore())
            .put("mean_score", still.meanScore())
            .put("fraction_above", still.fractionAbove(detector.thresholdByte()));
    json.putObject("map")
        .put("width", still.scores().width())
        .put("height", still.scores().height());
    ArrayNode regions = json.putArray("regions");
    still.regions().forEach(region -> put(region, regions.addObject()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of our own can always be written", e);
    }
  }

  private static void put(Region region, ObjectNode json) {
    json.put("x", region.box().x())
        .put("y", region.box().y())
        .put("width", region.box().width())
        .put("height", region.box().height())
        .put("area_px", region.areaPx())
        .put("peak_score", region.peakScore());
    if (region.drivableFraction().isPresent()) {
      json.put("drivable_fraction", region.drivableFraction().getAsDouble());
    } else {
      json.putNull("drivable_fraction");
    }
  }
}
