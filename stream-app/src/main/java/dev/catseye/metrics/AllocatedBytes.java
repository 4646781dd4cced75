package dev.catseye.metrics;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * What Java threads have allocated on the heap since the JVM started. The JVM counts it by thread;
 * of a thread that ended, what it allocated since the last call is missing. Safe for several
 * threads.
 */
final class AllocatedBytes {
  private final ThreadMXBean threads =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class); // of every JVM on OpenJDK's code
  private Map<Long, Long> counted = Map.of(); // bytes by thread at the last call
  private long total;

  /** Bytes so far; never less than before. */
  synchronized long total() {
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    Map<Long, Long> now = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      if (bytes[i] >= 0) { // -1: it ended meanwhile
        now.put(ids[i], bytes[i]);
        total += bytes[i] - counted.getOrDefault(ids[i], 0L);
      }
    }
    counted = now;
    return total;
  }
}
