package dev.catseye.alarmlevel;

import dev.catseye.evaluate.LabelMeaning;
import dev.catseye.image.BytePlane;
import dev.catseye.region.Region;
import dev.catseye.region.RegionRule;
import dev.catseye.region.Regions;
import dev.catseye.schemas.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the obstacles of one label plane. */
final class Sightings {
  private static final RegionRule CUT = new RegionRule(255, 1, Set.of());

  private Sightings() {}

  /** Connected anomaly pixels of one value, near pieces joined; by value, then area downwards. */
  static List<Sighting> of(BytePlane labels, LabelMeaning meaning) {
    int[] pixels = labels.histogram();
    List<Sighting> sightings = new ArrayList<>();
    for (int value = 0; value < pixels.length; value++) {
      if (pixels[value] > 0 && meaning.of(value) == LabelMeaning.Kind.ANOMALY) {
        sightings.addAll(joined(pieces(labels, value)));
      }
    }
    return sightings;
  }

  private static List<Sighting> pieces(BytePlane labels, int value) {
    byte[] cut = labels.toByteArray();
    for (int i = 0; i < cut.length; i++) {
      cut[i] = (byte) (Byte.toUnsignedInt(cut[i]) == value ? 255 : 0);
    }
    BytePlane plane = BytePlane.owning(labels.width(), labels.height(), cut);
    return Regions.of(plane, CUT, labels.width(), labels.height(), Optional.empty()).stream()
        .map(region -> new Sighting(value, outline(region), region.areaPx()))
        .toList();
  }

  private static Outline outline(Region region) {
    return Outline.of(
        new Box(region.box().x(), region.box().y(), region.box().width(), region.box().height()));
  }

  private static List<Sighting> joined(List<Sighting> pieces) {
    List<Sighting> apart = new ArrayList<>();
    for (Sighting piece : pieces) {
      Sighting grown = piece;
      Optional<Sighting> near = near(grown, apart);
      while (near.isPresent()) {
        apart.remove(near.get());
        grown = grown.with(near.get());
        near = near(grown, apart);
      }
      apart.add(grown);
    }
    return apart;
  }

  private static Optional<Sighting> near(Sighting piece, List<Sighting> others) {
    return others.stream().filter(piece::belongsTo).findFirst();
  }
}
