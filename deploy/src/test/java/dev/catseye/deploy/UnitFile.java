package dev.catseye.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A systemd unit: values by section and directive, in the order of the file. */
final class UnitFile {
  private final Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();

  UnitFile(Path file) throws IOException {
    Map<String, List<String>> section = null;
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section = new LinkedHashMap<>();
        sections.put(line.substring(1, line.length() - 1), section);
        continue;
      }
      int equals = line.indexOf('=');
      if (section == null || equals < 1) {
        throw new IOException(file + ": neither section nor directive: " + line);
      }
      section
          .computeIfAbsent(line.substring(0, equals), name -> new ArrayList<>())
          .add(line.substring(equals + 1));
    }
  }

  Map<String, List<String>> section(String name) {
    return sections.getOrDefault(name, Map.of());
  }

  Iterable<String> sectionNames() {
    return sections.keySet();
  }
}
