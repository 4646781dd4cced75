package dev.catseye.verify.wire;

/** Bytes that are not what their schema says; the message says where and why. */
public final class WireException extends Exception {
  private static final long serialVersionUID = 1L;

  WireException(String message) {
    super(message);
  }

  WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
