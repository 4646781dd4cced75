package dev.catseye.region;

import dev.catseye.image.Box;
import dev.catseye.image.BytePlane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Cuts a score map at a threshold and measures what hangs together. Thread-safe.
 *
 * <p>Map pixel (x, y) covers the camera pixels [x sx, (x + 1) sx) x [y sy, (y + 1) sy), where sx,
 * sy are camera pixels per map pixel.
 */
public final class Regions {
  private static final Comparator<Region> ORDER =
      Comparator.comparingDouble((Region region) -> -region.peakScore())
          .thenComparingInt(region -> -region.areaPx())
          .thenComparingInt(region -> region.box().y())
          .thenComparingInt(region -> region.box().x());

  private final BytePlane map;
  private final byte[] scores;
  private final RegionRule rule;
  private final double scaleX;
  private final double scaleY;
  private final int frameWidth;
  private final int frameHeight;

  private Regions(BytePlane map, RegionRule rule, int frameWidth, int frameHeight) {
    this.map = map;
    this.scores = map.toByteArray();
    this.rule = rule;
    this.frameWidth = frameWidth;
    this.frameHeight = frameHeight;
    this.scaleX = (double) frameWidth / map.width();
    this.scaleY = (double) frameHeight / map.height();
  }

  /**
   * The 8-connected regions of {@code map}.
   *
   * @param map anomaly map over the whole frame, trunc(255 score)
   * @param frameWidth columns of the camera frame
   * @param frameHeight rows of the camera frame
   * @param classMap class indices at the map's size; empty when the plan has none
   * @return by peak downwards, then area downwards, then top, then left edge upwards
   */
  public static List<Region> of(
      BytePlane map,
      RegionRule rule,
      int frameWidth,
      int frameHeight,
      Optional<BytePlane> classMap) {
    if (frameWidth < 1 || frameHeight < 1) {
      throw new IllegalArgumentException("frame of " + frameWidth + "x" + frameHeight);
    }
    classMap.ifPresent(
        classes -> {
          if (classes.width() != map.width() || classes.height() != map.height()) {
            throw new IllegalArgumentException("class map " + classes + " beside score map " + map);
          }
        });
    return new Regions(map, rule, frameWidth, frameHeight).find(classMap);
  }

  private List<Region> find(Optional<BytePlane> classMap) {
    Runs runs = Runs.of(scores, map.width(), map.height(), rule.thresholdByte());
    Component[] components = new Component[runs.size()]; // at the index of their first run
    for (int run = 0; run < runs.size(); run++) {
      int first = runs.component(run);
      if (first == run) {
        components[run] = new Component();
      }
      components[first].add(run, runs, scores, map.width());
    }
    Optional<Ring> ring =
        classMap.map(classes -> new Ring(classes, scores, rule.thresholdByte(), rule.drivable()));
    List<Region> regions = new ArrayList<>();
    for (Component component : components) {
      if (component != null) {
        region(component, runs, ring).ifPresent(regions::add);
      }
    }
    regions.sort(ORDER);
    return List.copyOf(regions);
  }

  private Optional<Region> region(Component component, Runs runs, Optional<Ring> ring) {
    Box box = cameraBox(component);
    long area = Math.round(component.pixels() * scaleX * scaleY);
    int areaPx = (int) Math.max(1, Math.min(box.area(), area));
    if (areaPx < rule.minAreaPx()) {
      return Optional.empty();
    }
    OptionalDouble drivable =
        ring.map(around -> around.drivableFraction(component, runs)).orElse(OptionalDouble.empty());
    return Optional.of(new Region(box, areaPx, component.peak() / 255f, drivable));
  }

  /** Floor of the left and top edge, ceiling of the right and bottom edge, inside the frame. */
  private Box cameraBox(Component component) {
    int left = (int) Math.floor(component.left() * scaleX);
    int top = (int) Math.floor(component.top() * scaleY);
    int right = (int) Math.min(frameWidth, Math.ceil(component.right() * scaleX));
    int bottom = (int) Math.min(frameHeight, Math.ceil(component.bottom() * scaleY));
    return new Box(left, top, right - left, bottom - top);
  }
}
