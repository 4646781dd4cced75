package dev.catseye.deploy;

import java.util.Arrays;
import java.util.List;

/** The command that starts the service, word by word. */
record CommandLineWords(List<String> words) {
  CommandLineWords {
    words = List.copyOf(words);
  }

  /** Splits at blanks and drops quotes, as systemd does for commands without blanks in words. */
  static CommandLineWords of(String command) {
    return new CommandLineWords(
        Arrays.stream(command.split(" ")).map(word -> word.replace("'", "")).toList());
  }

  String after(String option) {
    return words.get(words.indexOf(option) + 1);
  }

  /** What follows the class path: the class, then its arguments. */
  String mainClass() {
    return words.get(words.indexOf("-cp") + 2);
  }

  /** Value of a system property, or an empty text. */
  String property(String name) {
    String start = "-D" + name + "=";
    return words.stream()
        .filter(word -> word.startsWith(start))
        .map(word -> word.substring(start.length()))
        .findFirst()
        .orElse("");
  }
}
