package dev.catseye.app;

import java.util.Locale;

/** A topology that a process runs. */
public enum Role {
  /** Frames to masks. */
  PERCEIVE,
  /** Masks to alarms and health. */
  JUDGE;

  /** Name in settings, messages and heartbeats. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
