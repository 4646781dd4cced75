package dev.catseye.image;

/**
 * The payload is no whole picture of a format we read. Code {@link ErrorCode#ENCODING} (not ours,
 * or a refused variant) or {@link ErrorCode#DECODE} (damaged).
 */
public final class DecodeException extends FrameException {
  private static final long serialVersionUID = 1L;

  private DecodeException(ErrorCode code, String message, Throwable cause) {
    super(code, message, cause);
  }

  /** Damaged, truncated or overlong. */
  static DecodeException damaged(String message) {
    return new DecodeException(ErrorCode.DECODE, message, null);
  }

  /** Damaged, as a decoder found. */
  static DecodeException damaged(String message, Throwable cause) {
    return new DecodeException(ErrorCode.DECODE, message, cause);
  }

  /** Of no format, or of a variant that we do not read. */
  static DecodeException unsupported(String message) {
    return new DecodeException(ErrorCode.ENCODING, message, null);
  }
}
