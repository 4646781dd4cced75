package dev.catseye.image;

/**
 * Why a frame has no answer, or a start was refused: the value of a metric tag and of a dead
 * letter's header.
 *
 * <p>The codes a frame can get bear the names of the {@code Reason} on the wire.
 */
public enum ErrorCode {
  /** The bytes are in none of the formats we read, or in a variant we refuse by name. */
  ENCODING,
  /** The bytes are damaged, truncated, or carry something behind their end. */
  DECODE,
  /** Width or height is zero, above the limits, or does not fit the payload. */
  GEOMETRY,
  /** The payload has more bytes than allowed. */
  TOO_LARGE,
  /** The runtime failed on a readable frame. */
  INFERENCE,
  /** The network answered with NaN or an infinity. */
  NON_FINITE,
  /** The bundle or the runtime's set-up is at fault: nothing can start. */
  MODEL
}
