package dev.catseye.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;

/**
 * What a reader of committed records sees, with one partition per topic. The place of a record in
 * its topic is its offset.
 */
final class CommittedTopics {
  private final Map<String, List<TestRecord<byte[], byte[]>>> topics = new TreeMap<>();

  /** All records of a topic, oldest first; a view. */
  List<TestRecord<byte[], byte[]>> of(String topic) {
    return Collections.unmodifiableList(log(topic));
  }

  /** Appends records. */
  void append(String topic, Collection<TestRecord<byte[], byte[]>> records) {
    log(topic).addAll(records);
  }

  private List<TestRecord<byte[], byte[]>> log(String topic) {
    return topics.computeIfAbsent(topic, name -> new ArrayList<>());
  }
}
