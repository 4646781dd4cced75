package dev.catseye.config;

import java.util.List;

/** The operator's settings do not allow a start. Holds every problem found, not only the first. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * @param problems one line each, naming the key and the value; at least one
   */
  public ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line per problem, in the order in which the settings are declared. */
  public List<String> problems() {
    return problems;
  }
}
