package dev.catseye.redrive;

import dev.catseye.schemas.RedriveHeaders;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.ProgressBar;
import dev.catseye.tools.ToolException;
import dev.catseye.tools.TopicReader;
import dev.catseye.topics.Catalogue;
import dev.catseye.topics.TopicState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Puts dead letters back onto topic frames, each at most once however often it runs: what topic
 * redrives marks is passed over, and a frame and its mark are written together. One instance per
 * run, used by one thread.
 */
public final class Redrive {
  private static final int BATCH_FRAMES = 100;
  private static final long BATCH_BYTES = 16L << 20; // in memory until they are sent

  private static final long SETTLING_PAUSE_MILLIS = 50;

  private final Cluster cluster;
  private final Topics topics;
  private final Order order;
  private final LongFunction<ProgressBar> bar;
  private final Consumer<String> onEach;
  private final Tally tally = new Tally();
  private final List<Choice.Return> batch = new ArrayList<>();
  private long batchBytes;
  private long chosen;

  /**
   * What to do.
   *
   * @param filter which dead letters are meant
   * @param maxAttempts attempts that a frame may have in all, the first included; 1 or more
   * @param most frames to put back at most, 1 or more; empty for no bound
   * @param rehearse whether to send nothing
   * @param patience time that a broker may take over what it is sent
   */
  public record Order(
      RejectFilter filter,
      int maxAttempts,
      OptionalLong most,
      boolean rehearse,
      Duration patience) {}

  /**
   * A run.
   *
   * @param cluster borrowed
   * @param bar makes the progress bar for so many records
   * @param onEach hears of each frame that is put back, or would be
   */
  public Redrive(
      Cluster cluster,
      Topics topics,
      Order order,
      LongFunction<ProgressBar> bar,
      Consumer<String> onEach) {
    this.cluster = cluster;
    this.topics = topics;
    this.order = order;
    this.bar = bar;
    this.onEach = onEach;
  }

  /**
   * Reads topic rejects to its present end and puts back what is meant. An interrupt ends it: what
   * is not yet committed then is as if it had never been sent, and the report counts the rest.
   *
   * @throws ToolException if a topic is missing or frames cannot be put back
   */
  public RedriveReport run() throws InterruptedException {
    Chooser.Room room = room();
    boolean stopped = false;
    // Before the marks are read: from here on no earlier run can add any.
    try (Returns returns =
            order.rehearse()
                ? new Rehearsal()
                : new KafkaReturns(cluster.config(), topics, room.maxBytes(), order.patience());
        TopicReader reader = new TopicReader(cluster.config(), IsolationLevel.READ_COMMITTED)) {
      stopped = isStopped(reader, room, returns);
    } catch (InterruptException e) { // before anything was sent
      Thread.interrupted(); // the report is still to be made
      stopped = true;
    } catch (ToolException | KafkaException e) {
      throw new ToolException(
          "%s (%d were put back before that)".formatted(e.getMessage(), tally.putBack()), e);
    }
    return tally.report(order.rehearse(), stopped);
  }

  /** Does the work; returns whether an interrupt ended it early. */
  private boolean isStopped(TopicReader reader, Chooser.Room room, Returns returns)
      throws InterruptedException {
    try {
      Chooser chooser =
          new Chooser(
              topics, order.filter(), order.maxAttempts(), room, marks(reader), Instant.now());
      readRejects(reader, chooser, returns);
      flush(returns);
      return false;
    } catch (InterruptException e) {
      Thread.interrupted(); // the report is still to be made, and clients are to be closed
      return true;
    }
  }

  private Chooser.Room room() throws InterruptedException {
    String frames = topics.frames().name();
    List<String> needed = List.of(frames, topics.rejects().name(), topics.redrives().name());
    Map<String, TopicState> states = Catalogue.states(cluster, needed);
    for (String name : needed) {
      if (!states.containsKey(name)) {
        throw new ToolException(
            "there is no topic %s at %s; `catseye topics create` makes it"
                .formatted(name, cluster.config().bootstrapServers()));
      }
    }
    return new Chooser.Room(states.get(frames).partitions(), states.get(frames).maxBytes());
  }

  private Set<RedriveHeaders> marks(TopicReader reader) throws InterruptedException {
    Set<RedriveHeaders> marks = new HashSet<>();
    reader.read(
        settledEnds(reader, reader.partitions(List.of(topics.redrives().name()))),
        record -> RedriveHeaders.read(record.headers()).ifPresent(marks::add));
    return marks;
  }

  /**
   * Ends behind which no mark is hidden. A broker that was killed and started again hid the marks
   * of a committed transaction for some seconds, though it had given us the transactional id.
   */
  private Map<TopicPartition, Long> settledEnds(
      TopicReader committed, Set<TopicPartition> partitions) throws InterruptedException {
    try (TopicReader uncommitted =
        new TopicReader(cluster.config(), IsolationLevel.READ_UNCOMMITTED)) {
      Map<TopicPartition, Long> written = uncommitted.ends(partitions);
      long deadline = System.nanoTime() + order.patience().toNanos();
      while (true) {
        Map<TopicPartition, Long> settled = committed.ends(partitions);
        if (written.entrySet().stream()
            .allMatch(end -> settled.get(end.getKey()) >= end.getValue())) {
          return settled;
        }
        if (System.nanoTime() > deadline) {
          throw new ToolException(
              ("a transaction on %s does not end; try again in a minute, then end it with Kafka's"
                      + " kafka-transactions.sh")
                  .formatted(topics.redrives().name()));
        }
        Thread.sleep(SETTLING_PAUSE_MILLIS);
      }
    }
  }

  private void readRejects(TopicReader reader, Chooser chooser, Returns returns) {
    Set<TopicPartition> partitions = reader.partitions(List.of(topics.rejects().name()));
    Map<TopicPartition, Long> ends = reader.ends(partitions);
    long total =
        reader.starts(partitions).entrySet().stream()
            .mapToLong(start -> ends.get(start.getKey()) - start.getValue())
            .sum();
    try (ProgressBar progress = bar.apply(Math.max(1, total))) {
      reader.read(
          ends,
          record -> {
            long read = tally.read();
            take(chooser.choose(record), returns);
            progress.show(read, tally.putBack() + " put back");
          });
    }
  }

  private void take(Choice choice, Returns returns) {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptException("stopped");
    }
    if (choice instanceof Choice.Done) {
      tally.done();
    } else if (choice instanceof Choice.Left left) {
      tally.left(left.why());
    } else if (choice instanceof Choice.Return frame && mayGo()) {
      chosen++;
      batch.add(frame);
      batchBytes += frame.bytes();
      if (batch.size() >= BATCH_FRAMES || batchBytes >= BATCH_BYTES) {
        flush(returns);
      }
    }
  }

  private boolean mayGo() {
    return order.most().isEmpty() || chosen < order.most().getAsLong();
  }

  private void flush(Returns returns) {
    if (batch.isEmpty()) {
      return;
    }
    returns.putBack(batch);
    tally.putBack(batch);
    batch.forEach(
        frame ->
            onEach.accept(
                "%s to %s-%d, attempt %d"
                    .formatted(
                        frame.letter(),
                        frame.frame().topic(),
                        frame.frame().partition(),
                        frame.letter().nextAttempt().attempt())));
    batch.clear();
    batchBytes = 0;
  }

  /** Sends nothing. */
  private static final class Rehearsal implements Returns {
    @Override
    public void putBack(List<Choice.Return> frames) {}

    @Override
    public void close() {}
  }
}
