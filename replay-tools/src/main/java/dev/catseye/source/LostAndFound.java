package dev.catseye.source;

import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A data set in the layout of Lost &amp; Found: {@code
 * <root>/leftImg8bit/<split>/<scene>/<name>_leftImg8bit.png}. Source: Pinggera et al., IROS 2016,
 * as read by the loaders named in facts/datasets.md 1.1.
 */
public final class LostAndFound {
  private static final String PICTURES = "leftImg8bit";

  private LostAndFound() {}

  /**
   * Lists the drives, one per sequence, ordered by scene, sequence and frame.
   *
   * @throws ToolException if the layout is another, nothing that was asked for is there, two files
   *     have one name, or labels are asked for and no picture has any
   */
  public static List<Drive> list(Path root, Selection selection, Optional<LabelFolder> labels)
      throws IOException {
    Path folder = root.resolve(PICTURES);
    if (!Files.isDirectory(folder)) {
      throw new ToolException(
          "%s is no data set in Lost & Found layout: it has no folder %s"
              .formatted(root, PICTURES));
    }
    Map<String, List<Picture>> drives = new TreeMap<>();
    find(folder, selection)
        .forEach(
            (name, file) ->
                drives
                    .computeIfAbsent(name.drive(), drive -> new ArrayList<>())
                    .add(picture(folder, name, file, labels)));
    labels.ifPresent(found -> requireSome(drives, found));
    return drives.entrySet().stream()
        .map(drive -> new Drive(drive.getKey(), drive.getValue()))
        .toList();
  }

  private static Map<LostAndFoundName, Path> find(Path folder, Selection selection)
      throws IOException {
    Map<LostAndFoundName, Path> found = new TreeMap<>();
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        String split = folder.relativize(path).getName(0).toString();
        Optional<LostAndFoundName> name =
            LostAndFoundName.ofFile(path.getFileName().toString())
                .filter(each -> selection.wants(split, each));
        if (name.isPresent()) {
          Path twin = found.put(name.get(), path);
          if (twin != null) {
            throw new ToolException(
                "%s and %s have one name; --split takes one split".formatted(twin, path));
          }
        }
      }
    }
    if (found.isEmpty()) {
      throw new ToolException(
          "%s holds no picture SPLIT/SCENE/SCENE_SEQUENCE_FRAME_leftImg8bit.png that was asked for"
              .formatted(folder));
    }
    return found;
  }

  private static Picture picture(
      Path folder, LostAndFoundName name, Path file, Optional<LabelFolder> labels) {
    Path place = folder.relativize(file.getParent());
    return new Picture(name.id(), file, labels.flatMap(found -> found.of(place, name.id())));
  }

  private static void requireSome(Map<String, List<Picture>> drives, LabelFolder labels) {
    List<Picture> pictures = drives.values().stream().flatMap(List::stream).toList();
    if (pictures.stream().noneMatch(picture -> picture.label().isPresent())) {
      throw new ToolException(
          "none of %d pictures has labels in %s".formatted(pictures.size(), labels));
    }
  }
}
