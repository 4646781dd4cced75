package dev.catseye.judge;

import java.util.OptionalLong;

/** Knows where topic frames ends, to tell a silent camera from frames that wait. */
@FunctionalInterface
public interface FramesEnd {
  /** Offset after the last frame of the partition, as last asked; empty while not known. */
  OptionalLong endOffset(int partition);
}
