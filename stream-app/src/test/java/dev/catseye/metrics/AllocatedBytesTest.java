package dev.catseye.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class AllocatedBytesTest {
  private static final int MIB = 1 << 20;

  private final AllocatedBytes allocated = new AllocatedBytes();

  @Test
  void anArrayOfThisThread_isCounted() {
    long before = allocated.total();
    byte[] array = new byte[8 * MIB];
    long after = allocated.total();

    assertThat(array).hasSize(8 * MIB);
    assertThat(after - before).isBetween(8L * MIB, 16L * MIB);
  }

  @Test
  void theEndOfAThread_takesNothingAway() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    CountDownLatch counted = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              byte[] array = new byte[8 * MIB];
              done.countDown();
              awaitQuietly(counted);
              assertThat(array).hasSize(8 * MIB);
            });
    thread.start();
    done.await();
    long alive = allocated.total();
    counted.countDown();
    thread.join();

    assertThat(allocated.total()).isGreaterThanOrEqualTo(alive);
    assertThat(alive).isGreaterThanOrEqualTo(8L * MIB);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
