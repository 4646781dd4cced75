package dev.catseye.schemas;

/** State of a camera or of an instance. */
public enum HealthState {
  /** Works as promised. */
  OK,
  /** Works, but not as promised; the reasons say why. */
  DEGRADED,
  /** Nothing is known about what the camera sees. */
  BLIND,
  /** Not ready yet. */
  STARTING,
  /** About to end in good order. */
  STOPPING,
  /** Cannot go on; also what a state of a newer release is taken for. */
  FAULT
}
