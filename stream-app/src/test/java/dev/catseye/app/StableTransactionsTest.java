package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StableTransactionsTest {
  @Test
  void numberOfTheThread_isKept() {
    String streams = "catseye-perceive-4f3a2b1c-aaaa-bbbb-cccc-0123456789ab-12";
    assertThat(StableTransactions.threadSuffix(streams)).isEqualTo("-12");
  }
}
