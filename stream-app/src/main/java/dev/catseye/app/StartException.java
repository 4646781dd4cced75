package dev.catseye.app;

/** The service cannot start although its settings are valid; the message is for the operator. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
