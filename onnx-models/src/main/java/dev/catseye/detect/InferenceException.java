package dev.catseye.detect;

import dev.catseye.image.ErrorCode;

/**
 * The runtime failed on a readable frame ({@link ErrorCode#INFERENCE}), or the network answered
 * with a value that is not finite ({@link ErrorCode#NON_FINITE}). The frame or the machine is at
 * fault: the golden frame tells which.
 */
public final class InferenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  InferenceException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What kind of fault it is. */
  public ErrorCode code() {
    return code;
  }
}
