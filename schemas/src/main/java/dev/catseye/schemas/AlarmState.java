package dev.catseye.schemas;

/** Step in the life of an alarm episode. */
public enum AlarmState {
  /** The episode begins. */
  RAISED,
  /** It goes on. */
  UPDATED,
  /** The camera is blind: nothing is known, and unknown is never clear. */
  SUSPENDED,
  /** Evidence says that it is gone. */
  CLEARED
}
