package dev.catseye.schemas;

/** How much an alarm matters, rising. */
public enum Severity {
  /** Worth a note. */
  LOW,
  /** Worth a look. */
  MEDIUM,
  /** Worth acting on; also what a severity of a newer release is taken for. */
  HIGH
}
