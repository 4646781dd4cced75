package dev.catseye.app;

/** What can be told of a topology from outside. Safe for several threads. */
interface RunningTopology {
  Role role();

  /** Whether partitions were assigned once; says nothing about now. */
  boolean hasJoined();

  /** The progress as of {@code nowMicros}. */
  Progress progress(long nowMicros);
}
