package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ParentWatchTest {
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Test
  void theEndOfTheInput_stopsTheService_andNothingBeforeIt() throws Exception {
    PipedOutputStream parent = new PipedOutputStream();
    ParentWatch.start(new PipedInputStream(parent), stopped::countDown);
    parent.write('x');
    parent.flush();
    assertThat(stopped.await(200, TimeUnit.MILLISECONDS)).isFalse();

    parent.close();

    assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
  }
}
