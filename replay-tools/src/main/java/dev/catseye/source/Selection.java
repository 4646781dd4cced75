package dev.catseye.source;

import java.util.Set;

/**
 * Which part of a data set is wanted; an empty set wants all.
 *
 * @param splits folders below {@code leftImg8bit}: train, test
 * @param scenes for instance {@code 04_Maurener_Weg_8}
 * @param sequences six digits, or scene and sequence: {@code 000008} or {@code
 *     04_Maurener_Weg_8_000008}
 */
public record Selection(Set<String> splits, Set<String> scenes, Set<String> sequences) {
  /** Everything. */
  public static final Selection ALL = new Selection(Set.of(), Set.of(), Set.of());

  public Selection {
    splits = Set.copyOf(splits);
    scenes = Set.copyOf(scenes);
    sequences = Set.copyOf(sequences);
  }

  boolean wants(String split, LostAndFoundName name) {
    return (splits.isEmpty() || splits.contains(split))
        && (scenes.isEmpty() || scenes.contains(name.scene()))
        && (sequences.isEmpty()
            || sequences.contains(name.sequence())
            || sequences.contains(name.drive()));
  }
}
