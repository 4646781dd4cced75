package dev.catseye.app;

import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * An application on one partition whose process may die at any moment. Each life of it is a new
 * instance of its topology, whose store is filled from the changelog and which reads on from the
 * committed offset.
 *
 * <p>Modelled is what a transaction of Kafka Streams promises: outputs, changelog and input offset
 * become visible together or not at all, and a dead process takes everything with it that it had
 * not committed. Not modelled is how Kafka keeps that promise (fencing, markers, several partitions
 * and members of a group); {@code catseye chaos} tries that with real processes.
 */
final class CrashingApp implements AutoCloseable {
  /** Ways to break the promise, to show that a test notices. */
  enum Flaw {
    NONE,
    /** The input offset is committed when a record is read. */
    OFFSET_FIRST,
    /** Outputs can be read before the offset of their input is committed. */
    OUTPUTS_FIRST,
    /** Changes of the store stay although their transaction does not. */
    CHANGES_FIRST,
    /** A new life begins with an empty store. */
    NOT_RESTORED
  }

  /**
   * What runs.
   *
   * @param name application id
   * @param topology makes a new instance for each life
   * @param input topic that it reads
   * @param outputs topics that it writes
   * @param store its only store
   */
  record Program(
      String name, Supplier<Topology> topology, String input, List<String> outputs, String store) {
    String changelog() {
      return name + "-" + store + "-changelog";
    }
  }

  private final Program program;
  private final CommittedTopics topics; // shared with other applications
  private final Flaw flaw;
  private final LongSupplier nowMillis;
  private final Map<String, List<TestRecord<byte[], byte[]>>> open = new TreeMap<>(); // by topic
  private TopologyTestDriver driver;
  private int committed; // offset of the next record, for the next life
  private int position; // offset of the next record, for this life

  CrashingApp(Program program, CommittedTopics topics, Flaw flaw, LongSupplier nowMillis) {
    this.program = program;
    this.topics = topics;
    this.flaw = flaw;
    this.nowMillis = nowMillis;
    start();
  }

  /** Whether a record waits that can be worked on. */
  boolean hasWork() {
    return position < topics.of(program.input()).size();
  }

  /** The record that is worked on next. */
  TestRecord<byte[], byte[]> next() {
    return topics.of(program.input()).get(position);
  }

  /** Works on the next record. */
  void work() {
    TestRecord<byte[], byte[]> record = next();
    driver
        .createInputTopic(program.input(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(record);
    position++;
    committed = flaw == Flaw.OFFSET_FIRST ? position : committed;
    collect();
  }

  /** Lets its wall clock go on. */
  void pass(Duration time) {
    driver.advanceWallClockTime(time);
    collect();
  }

  /** Ends the transaction. */
  void commit() {
    open.forEach(topics::append);
    open.clear();
    committed = position;
  }

  /** Whether a crash would lose something. */
  boolean hasUncommitted() {
    return !open.isEmpty() || committed != position;
  }

  /** The process dies and another one begins. */
  void crash() {
    driver.close();
    open.clear();
    start();
  }

  private void start() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, program.name());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    driver =
        new TopologyTestDriver(
            program.topology().get(), properties, Instant.ofEpochMilli(nowMillis.getAsLong()));
    seek(driver, committed);
    position = committed;
    if (flaw != Flaw.NOT_RESTORED) {
      KeyValueStore<Bytes, byte[]> store =
          innermost(driver.getAllStateStores().get(program.store()));
      topics
          .of(program.changelog())
          .forEach(change -> store.put(Bytes.wrap(change.key()), change.value()));
    }
  }

  /** The driver counts offsets from 0 and offers no way to begin elsewhere. */
  private static void seek(TopologyTestDriver driver, int offset) {
    try {
      Field offsets = TopologyTestDriver.class.getDeclaredField("offsetsByTopicOrPatternPartition");
      offsets.setAccessible(true);
      for (Object next : ((Map<?, ?>) offsets.get(driver)).values()) {
        ((AtomicLong) next).set(offset);
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("another TopologyTestDriver than that of Kafka 4.3", e);
    }
  }

  /** The store below serdes and changelog: restoring puts bytes there and writes no changes. */
  @SuppressWarnings("unchecked") // the innermost store of Kafka Streams holds bytes
  private static KeyValueStore<Bytes, byte[]> innermost(StateStore store) {
    StateStore inner = store;
    while (inner instanceof WrappedStateStore<?, ?, ?> wrapper) {
      inner = wrapper.wrapped();
    }
    return (KeyValueStore<Bytes, byte[]>) inner;
  }

  private void collect() {
    program.outputs().forEach(topic -> collect(topic, flaw == Flaw.OUTPUTS_FIRST));
    collect(program.changelog(), flaw == Flaw.CHANGES_FIRST);
  }

  private void collect(String topic, boolean atOnce) {
    List<TestRecord<byte[], byte[]>> records =
        driver
            .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readRecordsToList();
    if (atOnce) {
      topics.append(topic, records);
    } else if (!records.isEmpty()) {
      open.computeIfAbsent(topic, name -> new ArrayList<>()).addAll(records);
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
