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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A folder of pictures: one drive, in the natural order of the names. */
public final class PictureFolder {
  private static final Pattern PICTURE = Pattern.compile("(.+)\\.(?i:png|jpe?g|webp)");

  private PictureFolder() {}

  /**
   * Lists the pictures of a folder, not of folders below it.
   *
   * @throws ToolException if there is no such folder, no picture in it, or two with one name
   */
  public static Drive list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ToolException("no folder " + folder);
    }
    Map<String, Path> found = new TreeMap<>(new NaturalOrder());
    try (var paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        Matcher name = PICTURE.matcher(path.getFileName().toString());
        if (name.matches()) {
          Path twin = found.put(name.group(1), path);
          if (twin != null) {
            throw new ToolException("%s and %s have one name".formatted(twin, path));
          }
        }
      }
    }
    if (found.isEmpty()) {
      throw new ToolException("folder %s holds no .png, .jpg, .jpeg or .webp".formatted(folder));
    }
    List<Picture> pictures = new ArrayList<>();
    found.forEach((id, file) -> pictures.add(new Picture(id, file, Optional.empty())));
    return new Drive(folder.toAbsolutePath().normalize().getFileName().toString(), pictures);
  }
}
