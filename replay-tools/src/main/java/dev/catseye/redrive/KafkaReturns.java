package dev.catseye.redrive;

import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.ToolException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts frames and their marks onto Kafka in one transaction per call, so that a frame is there
 * exactly if its mark is. There is one transactional id for each prefix of topics: whoever comes
 * later ends what an earlier run left open, and an earlier run that is still alive is refused from
 * then on. Used by one thread.
 */
final class KafkaReturns implements Returns {
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * Takes over from every earlier run.
   *
   * @param maxBytes max.message.bytes of topic frames
   * @param patience time for a batch to arrive; readers of frames wait that long for a transaction
   *     whose process was killed
   * @throws ToolException if the cluster does not give the transactional id in time
   */
  KafkaReturns(ClientConfig client, Topics topics, int maxBytes, Duration patience) {
    int patienceMs = (int) patience.toMillis();
    Map<String, Object> settings =
        client.with(
            Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                topics.frames().name() + "-redrive",
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                patienceMs,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "none", // pictures are compressed already
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                maxBytes,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                2 * patienceMs,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                patienceMs / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                patienceMs));
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (InterruptException e) {
      producer.close(Duration.ZERO);
      throw e;
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw new ToolException(
          "Kafka at %s opens no transaction for us: %s"
              .formatted(client.bootstrapServers(), e.getMessage()),
          e);
    }
  }

  @Override
  public void putBack(List<Choice.Return> frames) {
    AtomicReference<Exception> refusal = new AtomicReference<>();
    boolean committing = false;
    try {
      producer.beginTransaction();
      for (Choice.Return frame : frames) {
        send(frame.frame(), refusal);
        send(frame.mark(), refusal);
      }
      producer.flush();
      committing = refusal.get() == null;
      if (committing) {
        commit();
      }
    } catch (InterruptException e) {
      abort();
      throw e;
    } catch (KafkaException e) {
      refusal.compareAndSet(null, e);
    }
    if (refusal.get() != null) {
      if (refusal.get() instanceof TimeoutException) {
        producer.close(Duration.ZERO); // nobody answers, so nobody would hear of an abort
      } else {
        abort();
      }
      throw failure(refusal.get(), frames.size(), committing);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of every failure
  private void send(ProducerRecord<byte[], byte[]> record, AtomicReference<Exception> refusal) {
    producer.send(
        record,
        (metadata, problem) ->
            Optional.ofNullable(problem).ifPresent(found -> refusal.compareAndSet(null, found)));
  }

  /** An interrupt must not leave it open whether the frames are there. */
  private void commit() {
    try {
      producer.commitTransaction();
    } catch (InterruptException e) {
      Thread.interrupted();
      producer.commitTransaction();
      Thread.currentThread().interrupt(); // ends the run after this commit
    }
  }

  /** As far as possible; what stays open is ended by the next run, or by the broker in time. */
  private void abort() {
    boolean interrupted = Thread.interrupted();
    try {
      producer.abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      // Fenced, or already broken: there is nothing left that this process could do.
      producer.close(Duration.ZERO);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static ToolException failure(Exception cause, int frames, boolean committing) {
    if (cause instanceof ProducerFencedException
        || cause instanceof InvalidProducerEpochException) {
      return new ToolException(
          "another `catseye redrive` has taken over; what this one had not put back is left to it",
          cause);
    }
    if (committing && cause instanceof TimeoutException) {
      return new ToolException(
          "nobody answered whether the last %d frames are back; run it again: none goes twice"
              .formatted(frames),
          cause);
    }
    return new ToolException(
        "%d frames could not be put back, none of them was: %s"
            .formatted(frames, cause.getMessage()),
        cause);
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted(); // closing waits, and must be allowed to
    producer.close(CLOSING);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
