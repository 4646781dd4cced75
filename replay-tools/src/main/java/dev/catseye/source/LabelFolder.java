package dev.catseye.source;

import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labels of pictures in the layout of Lost &amp; Found, found by the picture's id. */
public final class LabelFolder {
  /** Fishyscapes numbers its masks in an order of its own: only the id joins. */
  private static final Pattern MASK = Pattern.compile("\\d+_(.+)_labels\\.png");

  private final Path folder;
  private final LabelView view;
  private final Map<String, Path> masks; // by picture id; Fishyscapes only

  private LabelFolder(Path folder, LabelView view, Map<String, Path> masks) {
    this.folder = folder;
    this.view = view;
    this.masks = masks;
  }

  /** Where labels of a view lie below the root of a data set, unless somebody says otherwise. */
  public static Path usual(Path root, LabelView view) {
    return root.resolve(view == LabelView.FISHYSCAPES ? "fishyscapes_lostandfound" : "gtCoarse");
  }

  /**
   * Opens a folder: {@code gtCoarse} with its splits and scenes, or Fishyscapes' flat folder of
   * masks.
   *
   * @throws ToolException if there is no such folder
   */
  public static LabelFolder open(Path folder, LabelView view) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ToolException(
          "no folder %s with labels for view %s".formatted(folder, view.wireName()));
    }
    return new LabelFolder(folder, view, view == LabelView.FISHYSCAPES ? masks(folder) : Map.of());
  }

  private static Map<String, Path> masks(Path folder) throws IOException {
    Map<String, Path> masks = new HashMap<>();
    try (var paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        Matcher matcher = MASK.matcher(path.getFileName().toString());
        if (matcher.matches()) {
          masks.put(matcher.group(1), path);
        }
      }
    }
    return masks;
  }

  /**
   * The labels of a picture, if there are any.
   *
   * @param place split and scene of the picture, as folders
   */
  Optional<Label> of(Path place, String pictureId) {
    Optional<Path> file =
        switch (view) {
          case HAZARD -> coarse(place, pictureId + "_gtCoarse_labelTrainIds.png");
          case OBSTACLE -> coarse(place, pictureId + "_gtCoarse_labelIds.png");
          case FISHYSCAPES -> Optional.ofNullable(masks.get(pictureId));
        };
    return file.map(found -> new Label(found, view));
  }

  private Optional<Path> coarse(Path place, String name) {
    return Optional.of(folder.resolve(place).resolve(name)).filter(Files::isRegularFile);
  }

  @Override
  public String toString() {
    return "%s (view %s)".formatted(folder, view.wireName());
  }
}
