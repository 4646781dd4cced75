package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void innermostCause_isTold() {
    Throwable thrown =
        new StreamsException(
            "task 0_0", new StreamsException("send", new RecordTooLargeException("9 MB")));
    assertThat(Failure.line(Role.PERCEIVE, thrown))
        .isEqualTo("perceive stopped: RecordTooLargeException: 9 MB");
  }

  @Test
  void topicThatRefusedARecord_isNamed() {
    Throwable thrown =
        new StreamsException(
            "Error encountered sending record to topic rejects for task 0_0 due to:\nmore",
            new RecordTooLargeException("9 MB"));
    assertThat(Failure.line(Role.PERCEIVE, thrown))
        .isEqualTo(
            "perceive stopped: topic rejects refused a record; nothing of its frame is committed,"
                + " mend its max.message.bytes (catseye topics check): RecordTooLargeException: 9 MB");
  }

  @Test
  void endlessChainOfCauses_ends() {
    Exception first = new IllegalStateException("a");
    Exception second = new IllegalStateException("b", first);
    first.initCause(second);
    assertThat(Failure.line(Role.JUDGE, first)).startsWith("judge stopped: IllegalStateException");
  }
}
