package dev.catseye.payload;

/** A referenced payload cannot be had, or is not what the reference says. */
public final class PayloadException extends Exception {
  private static final long serialVersionUID = 1L;

  PayloadException(String message) {
    super(message, null, false, false); // the message is all there is to say
  }
}
