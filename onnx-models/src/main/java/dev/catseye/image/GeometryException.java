package dev.catseye.image;

/**
 * The picture's size is outside the limits ({@link ErrorCode#GEOMETRY}) or the payload has too many
 * bytes ({@link ErrorCode#TOO_LARGE}). Thrown before any pixel memory is allocated.
 */
public final class GeometryException extends FrameException {
  private static final long serialVersionUID = 1L;

  private GeometryException(ErrorCode code, String message) {
    super(code, message, null);
  }

  /** Width, height or their product does not fit. */
  static GeometryException size(String message) {
    return new GeometryException(ErrorCode.GEOMETRY, message);
  }

  /** Too many payload bytes. */
  static GeometryException tooLarge(String message) {
    return new GeometryException(ErrorCode.TOO_LARGE, message);
  }
}
