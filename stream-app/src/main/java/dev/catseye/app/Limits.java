package dev.catseye.app;

import java.time.Duration;

/**
 * How slow one frame may be, and what follows for Kafka's timeouts. A transaction may stay open
 * while the thread works on the next frame of each of its partitions; were it to time out then, the
 * work would be fenced, repeated and fenced again. Where several threads share the inference lane,
 * a frame may wait for the runs of the others, but each thread then has as many fewer partitions.
 *
 * @param slowestFrame upper bound of the time one run of the network takes; it is ended then
 * @param partitions partitions of topic frames that one thread may have to serve
 */
record Limits(Duration slowestFrame, int partitions) {
  /** What a broker allows unless told otherwise (transaction.max.timeout.ms). */
  private static final Duration BROKER_LIMIT = Duration.ofMinutes(15);

  private static final Duration MARGIN = Duration.ofSeconds(10);
  private static final Duration LEAST_POLL_INTERVAL = Duration.ofMinutes(5);

  /** Time that a transaction may stay open; no longer than a broker allows. */
  Duration transactionTimeout() {
    return outlastsBroker() ? BROKER_LIMIT : neededForTransaction();
  }

  /** Whether a transaction may have to stay open for longer than a broker allows. */
  boolean outlastsBroker() {
    return neededForTransaction().compareTo(BROKER_LIMIT) > 0;
  }

  private Duration neededForTransaction() {
    return slowestFrame.multipliedBy(partitions).plus(MARGIN);
  }

  /** Time between two polls after which the group gives up a member. */
  Duration maxPollInterval() {
    Duration needed = slowestFrame.multipliedBy(2L * partitions).plus(MARGIN);
    return needed.compareTo(LEAST_POLL_INTERVAL) > 0 ? needed : LEAST_POLL_INTERVAL;
  }

  /** Time to wait at shutdown for the frame in work. */
  Duration closeTimeout() {
    return slowestFrame.plus(MARGIN);
  }
}
