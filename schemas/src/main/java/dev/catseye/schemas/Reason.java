package dev.catseye.schemas;

/**
 * Why a frame was not detected; also the kind of a {@link RecordException}. Closed set: a meter
 * tag.
 */
public enum Reason {
  /** Nothing is wrong; the reason of DETECTED. */
  NONE,
  /** The bytes are no readable record: magic, schema, structure or range. */
  SCHEMA,
  /** Payload or identity changed on the way. */
  CHECKSUM,
  /** The payload is of a kind that is not supported. */
  ENCODING,
  /** The payload is damaged. */
  DECODE,
  /** The picture has not the declared or expected size. */
  GEOMETRY,
  /** Above a limit of bytes or pixels. */
  TOO_LARGE,
  /** The referenced payload could not be had. */
  REFERENCE,
  /** The runtime failed on this frame and only on this one. */
  INFERENCE,
  /** A score was not a number. */
  NON_FINITE,
  /** Key and identity disagree. */
  IDENTITY,
  /** Too old to be worth the work. */
  STALE,
  /** A reason of a newer release. */
  UNKNOWN
}
