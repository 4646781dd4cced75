package dev.catseye.app;

/** What can be told of a topology from outside. Safe for several threads. */
interface RunningTopology {
  Role role();

  /**
   * Whether partitions were assigned once; says nothing about now. Never true of an instance for
   * which others leave no partition.
   */
  boolean hasJoined();

  /** The progress as of {@code nowMicros}. */
  Progress progress(long nowMicros);

  /** Records on its input that it has not fetched, 0 or more. */
  double lag();
}
