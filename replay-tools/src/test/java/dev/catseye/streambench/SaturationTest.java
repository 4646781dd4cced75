package dev.catseye.streambench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SaturationTest {
  private final Saturation saturation = new Saturation(8);

  @Test
  void aFrameBeyondThoseOnTheirWay_waitsForAnAnswer() throws Exception {
    for (int frame = 0; frame < 8; frame++) {
      saturation.await(frame);
    }
    CompletableFuture<Void> ninth =
        CompletableFuture.runAsync(
            () -> {
              try {
                saturation.await(8);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Thread.sleep(50);
    assertThat(ninth).isNotDone();

    saturation.answered();
    ninth.get(10, TimeUnit.SECONDS);
  }
}
