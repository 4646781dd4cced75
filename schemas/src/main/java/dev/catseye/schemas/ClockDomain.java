package dev.catseye.schemas;

/** The clock that a capture time was read from. */
public enum ClockDomain {
  /** Microseconds since 1970-01-01 UTC. */
  UTC,
  /** Microseconds since an unknown start; steps are true. */
  MONOTONIC,
  /** Made from the sequence number and a nominal period. */
  SEQUENCE_RELATIVE
}
