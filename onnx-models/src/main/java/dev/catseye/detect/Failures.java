package dev.catseye.detect;

import java.util.concurrent.ExecutionException;

/** What another thread failed with. */
final class Failures {
  private Failures() {}

  /** The unchecked exception behind {@code wrapper}, to be thrown; an error is thrown at once. */
  static RuntimeException thrown(ExecutionException wrapper) {
    if (wrapper.getCause() instanceof Error error) {
      throw error;
    }
    return wrapper.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException(wrapper.getCause());
  }
}
