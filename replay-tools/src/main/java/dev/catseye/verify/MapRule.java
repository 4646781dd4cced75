package dev.catseye.verify;

import dev.catseye.verify.wire.WireRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How regions and summary follow from a score map, as {@code schemas/RULES.md} says. The checker's
 * own code for what the service computes. Immutable.
 *
 * @param minAreaPx smallest region told, pixels of the camera frame
 * @param most most regions told, the strongest
 */
record MapRule(int minAreaPx, int most) {

  /**
   * What a DETECTED mask says otherwise than its score map.
   *
   * @param map record ScoreMap
   * @param samples of the map, as {@link dev.catseye.verify.wire.MapSamples} unpacks them
   * @param summary record Summary
   */
  Optional<String> contradiction(
      SeenMask.Facts mask, WireRecord map, byte[] samples, WireRecord summary) {
    int width = (int) map.number("width");
    int height = (int) map.number("height");
    int bits = (int) map.number("bits");
    Optional<String> scale = scaleFault(mask, map);
    if (scale.isPresent()) {
      return scale;
    }
    double threshold = summary.real("threshold");
    if (!(threshold >= 0 && threshold <= 1)) {
      return Optional.of("operating point " + threshold);
    }
    ScoreGrid grid = new ScoreGrid(samples, width, height, bits);
    int least = grid.leastSample((float) threshold);
    return summaryFault(grid, least, summary)
        .or(() -> regionFault(mask.regions(), regions(grid, least, mask)));
  }

  private static Optional<String> scaleFault(SeenMask.Facts mask, WireRecord map) {
    double scaleX = (double) mask.frameWidth() / map.number("width");
    double scaleY = (double) mask.frameHeight() / map.number("height");
    return map.real("scale_x") == scaleX && map.real("scale_y") == scaleY
        ? Optional.empty()
        : Optional.of(
            "score map of %d x %d at scale %s x %s does not cover a frame of %d x %d"
                .formatted(
                    map.number("width"),
                    map.number("height"),
                    map.real("scale_x"),
                    map.real("scale_y"),
                    mask.frameWidth(),
                    mask.frameHeight()));
  }

  private static Optional<String> summaryFault(ScoreGrid grid, int least, WireRecord summary) {
    ScoreGrid.Summary own = grid.summary(least);
    return Stream.of(
            fault("highest score", summary.real("max_score"), own.max()),
            fault("mean score", summary.real("mean_score"), own.mean()),
            fault("share above the operating point", summary.real("fraction_above"), own.above()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> fault(String what, double told, float own) {
    return (float) told == own
        ? Optional.empty()
        : Optional.of("%s %s, by the score map %s".formatted(what, (float) told, own));
  }

  private List<SeenMask.Region> regions(ScoreGrid grid, int least, SeenMask.Facts mask) {
    return grid.regions(least, mask.frameWidth(), mask.frameHeight()).stream()
        .filter(region -> region.areaPx() >= minAreaPx)
        .limit(most)
        .toList();
  }

  private static Optional<String> regionFault(
      List<SeenMask.Region> told, List<SeenMask.Region> own) {
    for (int i = 0; i < Math.min(told.size(), own.size()); i++) {
      if (!told.get(i).measuresAs(own.get(i))) {
        return Optional.of(
            "region %d is %s, by the score map %s".formatted(i, told.get(i), own.get(i)));
      }
    }
    return told.size() == own.size()
        ? Optional.empty()
        : Optional.of("%d regions, by the score map %d".formatted(told.size(), own.size()));
  }
}
