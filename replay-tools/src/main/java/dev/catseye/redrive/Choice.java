package dev.catseye.redrive;

import org.apache.kafka.clients.producer.ProducerRecord;

/** What is to be done with one record of topic rejects. */
sealed interface Choice {
  /** Not one that was meant. */
  record Passed() implements Choice {}

  /** Meant, and put back before. */
  record Done() implements Choice {}

  /**
   * Meant, and cannot be put back.
   *
   * @param why with its place
   */
  record Left(String why) implements Choice {}

  /**
   * Meant, and can be put back.
   *
   * @param letter the dead letter
   * @param frame what goes onto topic frames
   * @param mark what goes onto topic redrives along with it
   */
  record Return(
      DeadLetter letter, ProducerRecord<byte[], byte[]> frame, ProducerRecord<byte[], byte[]> mark)
      implements Choice {
    /** Bytes that it takes on topic frames, nearly. */
    long bytes() {
      return RecordSize.of(frame);
    }
  }
}
