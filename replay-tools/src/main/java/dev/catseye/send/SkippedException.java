package dev.catseye.send;

/** One frame cannot be sent; the others can. The message names the file and the numbers. */
final class SkippedException extends Exception {
  private static final long serialVersionUID = 1L;

  SkippedException(String message) {
    super(message);
  }
}
