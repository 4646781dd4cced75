package dev.catseye.chaos;

import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.traffic.Sent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Who sent what when, and when it was answered: what tells whether a fault bit. Times are the
 * broker's. Thread-safe.
 */
final class Transcript {
  private static final long FRESH_MILLIS = 15_000; // an owner that was silent for longer is none

  /** Of one partition, by offset. */
  private record Log(NavigableMap<Long, Sent> sent, Map<Long, Answer> answers) {}

  private final Map<Integer, Log> logs = new TreeMap<>();
  private long sentCount;

  private Log log(int partition) {
    return logs.computeIfAbsent(partition, any -> new Log(new TreeMap<>(), new HashMap<>()));
  }

  /** Notes a record that the broker confirmed. */
  synchronized void sent(Sent record) {
    log(record.partition()).sent().put(record.offset(), record);
    sentCount++;
    notifyAll();
  }

  /** Notes a committed mask; of several about one record the first counts. */
  synchronized void answered(Origin origin, Answer answer) {
    log(origin.partition()).answers().putIfAbsent(origin.offset(), answer);
    notifyAll();
  }

  /** Records that were confirmed. */
  synchronized long sentCount() {
    return sentCount;
  }

  /** What became of a record, if that is known. */
  synchronized Optional<Answer> answer(Sent record) {
    return Optional.ofNullable(log(record.partition()).answers().get(record.offset()));
  }

  /** How many of these records came to which outcome; those without an answer count nowhere. */
  synchronized Map<Outcome, Long> outcomes(Collection<Sent> records) {
    return records.stream()
        .flatMap(record -> answer(record).stream())
        .collect(Collectors.groupingBy(Answer::outcome, TreeMap::new, Collectors.counting()));
  }

  /** How many records were refused because inference failed, without {@code expected} ones. */
  synchronized long spoiled(Collection<Sent> expected) {
    long meant =
        expected.stream()
            .flatMap(record -> answer(record).stream())
            .filter(Answer::failedInInference)
            .count();
    long all =
        logs.values().stream()
            .flatMap(log -> log.answers().values().stream())
            .filter(Answer::failedInInference)
            .count();
    return all - meant;
  }

  /** All partitions that records were sent to. */
  synchronized List<Integer> partitions() {
    return List.copyOf(logs.keySet());
  }

  /** The partitions whose last answer before {@code millis} came from {@code instance}. */
  synchronized List<Integer> ownedBy(String instance, long millis) {
    List<Integer> owned = new ArrayList<>();
    for (Map.Entry<Integer, Log> log : logs.entrySet()) {
      log.getValue().answers().values().stream()
          .filter(answer -> answer.appendedMillis() <= millis)
          .max(Comparator.comparingLong(Answer::appendedMillis))
          .filter(last -> last.instance().equals(instance))
          .filter(last -> millis - last.appendedMillis() < FRESH_MILLIS)
          .ifPresent(last -> owned.add(log.getKey()));
    }
    return owned;
  }

  /** How many records of these partitions were there at {@code millis} and not yet answered. */
  synchronized long inHand(Collection<Integer> partitions, long millis) {
    return partitions.stream()
        .map(this::log)
        .mapToLong(
            log ->
                log.sent().values().stream()
                    .filter(sent -> sent.appendedMillis() <= millis)
                    .filter(sent -> !answeredBy(log, sent, millis))
                    .count())
        .sum();
  }

  /** How many records of these partitions waited for an answer at some moment between two. */
  synchronized long waited(Collection<Integer> partitions, long fromMillis, long toMillis) {
    return partitions.stream()
        .map(this::log)
        .mapToLong(
            log ->
                log.sent().values().stream()
                    .filter(sent -> sent.appendedMillis() <= toMillis)
                    .filter(sent -> !answeredBy(log, sent, fromMillis))
                    .count())
        .sum();
  }

  private static boolean answeredBy(Log log, Sent sent, long millis) {
    Answer answer = log.answers().get(sent.offset());
    return answer != null && answer.appendedMillis() <= millis;
  }

  /** How many answers an instance gave between two moments; empty for any instance. */
  synchronized long answers(Optional<String> instance, long fromMillis, long toMillis) {
    return logs.values().stream()
        .flatMap(log -> log.answers().values().stream())
        .filter(answer -> instance.isEmpty() || answer.instance().equals(instance.get()))
        .filter(
            answer -> answer.appendedMillis() > fromMillis && answer.appendedMillis() <= toMillis)
        .count();
  }

  /**
   * When each of these partitions was answered again: milliseconds from {@code millis} to the first
   * answer after it, the longest of all; empty while one has none.
   */
  synchronized OptionalLong untilAnswered(Collection<Integer> partitions, long millis) {
    long longest = 0;
    for (int partition : partitions) {
      OptionalLong first =
          log(partition).answers().values().stream()
              .mapToLong(Answer::appendedMillis)
              .filter(appended -> appended > millis)
              .min();
      if (first.isEmpty()) {
        return OptionalLong.empty();
      }
      longest = Math.max(longest, first.getAsLong() - millis);
    }
    return OptionalLong.of(longest);
  }

  /** The usual time of an inference: the median of all so far, microseconds; 0 for none. */
  synchronized long medianInferMicros() {
    long[] times =
        logs.values().stream()
            .flatMap(log -> log.answers().values().stream())
            .filter(answer -> answer.outcome() == Outcome.DETECTED)
            .mapToLong(Answer::inferMicros)
            .sorted()
            .toArray();
    return times.length == 0 ? 0 : times[times.length / 2];
  }

  /**
   * Waits until each of these partitions has an answer.
   *
   * @param count of partitions, from 0 on
   * @param patienceMillis how long at most
   * @return whether it came to that
   */
  boolean awaitEveryPartition(int count, long patienceMillis) throws InterruptedException {
    return await(() -> answeredPartitions() >= count, patienceMillis);
  }

  private synchronized long answeredPartitions() {
    return logs.values().stream().filter(log -> !log.answers().isEmpty()).count();
  }

  /**
   * Waits until every record confirmed before {@code millis} is answered.
   *
   * @param patienceMillis how long at most
   * @return whether it came to that
   */
  boolean awaitAnswers(long millis, long patienceMillis) throws InterruptedException {
    return await(() -> unanswered(millis) == 0, patienceMillis);
  }

  /** The same for one record. */
  boolean awaitAnswer(Sent record, long patienceMillis) throws InterruptedException {
    return await(() -> answer(record).isPresent(), patienceMillis);
  }

  private synchronized boolean await(BooleanSupplier over, long patienceMillis)
      throws InterruptedException {
    long end = System.nanoTime() + patienceMillis * 1_000_000;
    while (!over.getAsBoolean()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(Math.min(left, 500));
    }
    return true;
  }

  /** How many records confirmed before {@code millis} have no answer yet. */
  synchronized long unanswered(long millis) {
    return logs.values().stream()
        .mapToLong(
            log ->
                log.sent().values().stream()
                    .filter(sent -> sent.appendedMillis() <= millis)
                    .filter(sent -> !log.answers().containsKey(sent.offset()))
                    .count())
        .sum();
  }
}
