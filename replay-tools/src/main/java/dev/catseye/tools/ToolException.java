package dev.catseye.tools;

/**
 * A tool cannot go on, for a reason that the person at the keyboard can understand. The message is
 * one line, names the thing and the numbers, and is all that is shown.
 */
public final class ToolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ToolException(String message) {
    super(message);
  }

  public ToolException(String message, Throwable cause) {
    super(message, cause);
  }
}
