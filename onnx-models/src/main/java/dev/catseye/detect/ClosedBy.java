package dev.catseye.detect;

/** Why a batch took no further frames. */
public enum ClosedBy {
  /** It has as many frames as one may have. */
  FULL,
  /** No other frame is on its way. */
  ALL,
  /** It waited for as long as it may. */
  WAIT,
  /** A waiting frame may not wait any longer. */
  DEADLINE,
  /** A frame that runs again, by itself, because the batch that it was in failed. */
  RETRY
}
