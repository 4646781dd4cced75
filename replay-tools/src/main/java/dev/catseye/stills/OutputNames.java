package dev.catseye.stills;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names for what is written about each picture: its own name without ending; where two pictures
 * would share one, all names of the run get their ending, then as many folders in front as it
 * takes.
 */
public final class OutputNames {
  private OutputNames() {}

  /**
   * One name per picture.
   *
   * @param pictures files; one that is named twice is one picture
   * @return in the order of the pictures; no two names differ only in case, for file systems that
   *     do not tell them apart
   */
  public static Map<Path, String> of(List<Path> pictures) {
    Map<Path, Path> absolute = new LinkedHashMap<>(); // to the path as it was first named
    pictures.forEach(
        picture -> absolute.putIfAbsent(picture.toAbsolutePath().normalize(), picture));
    int deepest = absolute.keySet().stream().mapToInt(Path::getNameCount).max().orElse(0);
    for (int parts = 0; parts <= deepest; parts++) {
      Map<Path, String> names = names(absolute, parts);
      if (areDistinct(names.values())) {
        return names;
      }
    }
    return numbered(names(absolute, deepest));
  }

  /** With {@code parts} last parts of the path; 0: the last part without its ending. */
  private static Map<Path, String> names(Map<Path, Path> absolute, int parts) {
    Map<Path, String> names = new LinkedHashMap<>();
    absolute.forEach((path, named) -> names.put(named, name(path, parts)));
    return names;
  }

  private static String name(Path path, int parts) {
    String last = path.getFileName().toString();
    if (parts == 0) {
      int dot = last.lastIndexOf('.');
      return dot > 0 ? last.substring(0, dot) : last;
    }
    List<String> joined = new ArrayList<>();
    for (int i = Math.max(0, path.getNameCount() - parts); i < path.getNameCount(); i++) {
      joined.add(path.getName(i).toString());
    }
    return String.join("_", joined);
  }

  private static boolean areDistinct(Iterable<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }

  /** For paths such as a_b/x and a/b/x in one run, whose parts join to the same name. */
  private static Map<Path, String> numbered(Map<Path, String> names) {
    int[] count = {0};
    names.replaceAll((path, name) -> name + "-" + ++count[0]);
    return names;
  }
}
