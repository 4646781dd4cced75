package dev.catseye.schemas;

/** Why a state is not OK. Closed set: a meter tag. */
public enum HealthReason {
  /** No frames come: none wait on the topic. */
  SILENT,
  /** Frames wait and no mask comes. */
  STALLED,
  /** The picture does not change. */
  FROZEN,
  /** The picture is too dark or too flat to see anything. */
  DARK,
  /** Frames come, but they are rejected. */
  REJECTED,
  /** Frames are given up for newer ones. */
  SHED,
  /** Masks come later than the declared bound. */
  OVERDUE,
  /** Good again, not yet for long enough. */
  RECOVERING,
  /** No frame so far. */
  NOT_SEEN,
  /** Inference does not run on the configured provider. */
  ACCELERATOR,
  /** No commit for too long. */
  NO_PROGRESS,
  /** The inference runtime failed. */
  RUNTIME,
  /** More things, or more cameras, than are followed: some may go unnoticed. */
  CROWDED,
  /** A reason of a newer release. */
  UNKNOWN
}
