package dev.catseye.perceive;

import dev.catseye.detect.Detection;
import dev.catseye.image.BytePlane;
import dev.catseye.perceive.Passage.Decoded;
import dev.catseye.region.RegionRule;
import dev.catseye.region.Regions;
import dev.catseye.schemas.Box;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.Summary;
import java.util.List;

/** Turns a detection into the parts of a mask. Thread-safe. */
final class ScoreReader {
  private static final int BITS = 8;

  private final PerceiveConfig config;
  private final Model model;

  ScoreReader(PerceiveConfig config, Model model) {
    this.config = config;
    this.model = model;
  }

  Scores read(Decoded decoded, Detection detection, long queueMicros) {
    Frame frame = decoded.admitted().frame();
    BytePlane map = detection.anomaly().get(model.plan());
    double scaleX = (double) frame.width() / map.width();
    double scaleY = (double) frame.height() / map.height();

    Stopwatch regionWatch = new Stopwatch();
    List<Region> regions = regions(frame, map, detection);
    Summary summary = summary(map);
    long regionMicros = regionWatch.micros();

    Stopwatch encodeWatch = new Stopwatch();
    ScoreMap scoreMap =
        ScoreMap.encode(
            map.toByteArray(),
            map.width(),
            map.height(),
            BITS,
            config.mapEncoding(),
            scaleX,
            scaleY);
    return new Scores(
        scoreMap,
        summary,
        regions,
        queueMicros,
        detection.inferMicros(),
        regionMicros,
        encodeWatch.micros());
  }

  private List<Region> regions(Frame frame, BytePlane map, Detection detection) {
    RegionRule rule = RegionRule.of(model.threshold(), config.minAreaPx(), model.drivable());
    return Regions.of(map, rule, frame.width(), frame.height(), detection.classMap()).stream()
        .limit(config.maxRegions())
        .map(ScoreReader::onTheWire)
        .toList();
  }

  private static Region onTheWire(dev.catseye.region.Region region) {
    Box box =
        new Box(region.box().x(), region.box().y(), region.box().width(), region.box().height());
    return new Region(box, region.areaPx(), region.peakScore(), region.drivableFraction());
  }

  private Summary summary(BytePlane map) {
    int[] histogram = map.histogram();
    int cut = RegionRule.thresholdByte(model.threshold());
    int max = 0;
    long sum = 0;
    long above = 0;
    for (int score = 0; score < histogram.length; score++) {
      if (histogram[score] > 0) {
        max = score;
      }
      sum += (long) score * histogram[score];
      above += score >= cut ? histogram[score] : 0;
    }
    return new Summary(
        max / 255f,
        (float) (sum / 255.0 / map.size()),
        (float) above / map.size(),
        model.threshold());
  }
}
