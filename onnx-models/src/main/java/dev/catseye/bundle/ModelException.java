package dev.catseye.bundle;

import dev.catseye.image.ErrorCode;
import java.util.List;

/**
 * A bundle, or the runtime under it, that must not be used; nothing starts. Carries every problem
 * found, not the first one. Code: {@link ErrorCode#MODEL}.
 */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * A refusal.
   *
   * @param subject what is at fault, such as {@code bundle starter/}
   * @param problems at least one, each a sentence that names the thing and the numbers
   */
  public ModelException(String subject, List<String> problems) {
    this(subject, problems, null);
  }

  /** As above, with what the runtime said. */
  public ModelException(String subject, List<String> problems, Throwable cause) {
    super(message(subject, problems), cause);
    this.problems = List.copyOf(problems);
  }

  private static String message(String subject, List<String> problems) {
    return problems.size() == 1
        ? subject + ": " + problems.get(0)
        : subject + ": " + problems.size() + " problems\n  - " + String.join("\n  - ", problems);
  }

  /** Every problem found, in the order of the files. */
  public List<String> problems() {
    return problems;
  }

  /** Always {@link ErrorCode#MODEL}. */
  public ErrorCode code() {
    return ErrorCode.MODEL;
  }
}
