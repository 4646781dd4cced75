package dev.catseye.image;

/** A frame that cannot be used; the data is at fault, the next frame may be fine. */
public abstract sealed class FrameException extends RuntimeException
    permits DecodeException, GeometryException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  FrameException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What kind of fault it is. */
  public ErrorCode code() {
    return code;
  }
}
