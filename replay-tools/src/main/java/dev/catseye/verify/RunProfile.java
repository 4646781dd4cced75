package dev.catseye.verify;

/** What the service of a run was set up for. */
public enum RunProfile {
  /** The newest frame: a stale one may be shed. */
  LIVE,
  /** Every frame: none is shed. */
  LEDGER
}
