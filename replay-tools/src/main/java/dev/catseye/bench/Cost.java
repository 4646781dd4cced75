package dev.catseye.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a run took, from the frame on the heap to the maps on the heap.
 *
 * @param micros by the clock on the wall, microseconds
 * @param cpuMicros of all threads of this process, microseconds; the system counts it in ticks of
 *     10 ms, so that only means over many runs say something
 */
record Cost(long micros, long cpuMicros) {
  /** A clock for both, started now. */
  static final class Meter {
    private static final OperatingSystemMXBean SYSTEM =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long startCpuNanos = SYSTEM.getProcessCpuTime();
    private final long startNanos = System.nanoTime();

    /** What it took until now. */
    Cost read() {
      long nanos = System.nanoTime() - startNanos;
      return new Cost(nanos / 1000, (SYSTEM.getProcessCpuTime() - startCpuNanos) / 1000);
    }
  }
}
