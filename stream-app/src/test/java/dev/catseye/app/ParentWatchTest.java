package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ParentWatchTest {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch halted = new CountDownLatch(1);

  private void watch(InputStream input, Duration patience) {
    ParentWatch.start(input, stopped::countDown, patience, halted::countDown);
  }

  @Test
  void theEndOfTheInput_stopsTheService_andNothingBeforeIt() throws Exception {
    PipedOutputStream parent = new PipedOutputStream();
    watch(new PipedInputStream(parent), Duration.ofHours(1));
    parent.write('x');
    parent.flush();
    assertThat(stopped.await(200, TimeUnit.MILLISECONDS)).isFalse();

    parent.close();

    assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aServiceThatDoesNotEndInTime_isEnded() throws Exception {
    watch(InputStream.nullInputStream(), Duration.ofMillis(1));

    assertThat(halted.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(stopped.getCount()).isZero();
  }
}
