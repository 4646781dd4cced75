package dev.catseye.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instructions of a container file, in its order, continued lines joined. */
final class Containerfile {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  private final List<Instruction> instructions = new ArrayList<>();

  /**
   * One instruction.
   *
   * @param name its name in capitals
   * @param text what follows the name
   */
  record Instruction(String name, String text) {
    List<String> words() {
      return List.of(text.split(" +"));
    }
  }

  Containerfile(Path file) throws IOException {
    StringBuilder pending = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      boolean goesOn = line.endsWith("\\");
      pending.append(goesOn ? line.substring(0, line.length() - 1) : line);
      if (!goesOn) {
        String[] parts = pending.toString().split(" +", 2);
        instructions.add(new Instruction(parts[0], parts[1].strip()));
        pending.setLength(0);
      }
    }
  }

  List<Instruction> all() {
    return List.copyOf(instructions);
  }

  List<Instruction> all(String name) {
    return instructions.stream().filter(each -> each.name().equals(name)).toList();
  }

  /** Instructions of the stage that becomes the image. */
  List<Instruction> lastStage() {
    int start = 0;
    for (int i = 0; i < instructions.size(); i++) {
      if (instructions.get(i).name().equals("FROM")) {
        start = i;
      }
    }
    return List.copyOf(instructions.subList(start, instructions.size()));
  }

  /** Words of an instruction in exec form; fails for the shell form. */
  static List<String> execForm(Instruction instruction) {
    if (!instruction.text().startsWith("[") || !instruction.text().endsWith("]")) {
      throw new AssertionError(instruction + " is not in exec form");
    }
    List<String> words = new ArrayList<>();
    Matcher matcher = QUOTED.matcher(instruction.text());
    while (matcher.find()) {
      words.add(matcher.group(1));
    }
    return words;
  }
}
