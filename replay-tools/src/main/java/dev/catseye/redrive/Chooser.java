package dev.catseye.redrive;

import dev.catseye.schemas.Content;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.RecordException;
import dev.catseye.schemas.RedriveHeaders;
import dev.catseye.schemas.ReferenceContent;
import dev.catseye.schemas.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Decides about records of topic rejects, one by one. Pure: sends nothing. */
final class Chooser {
  private final Topics topics;
  private final RejectFilter filter;
  private final int maxAttempts;
  private final Room room;
  private final Set<RedriveHeaders> marks;
  private final Instant now;

  /**
   * Topic frames as it is.
   *
   * @param partitions number of its partitions
   * @param maxBytes its max.message.bytes
   */
  record Room(int partitions, int maxBytes) {}

  /**
   * A chooser for one run.
   *
   * @param maxAttempts attempts that a frame may have in all, the first included
   * @param marks what topic redrives says was put back
   * @param now compared with the expiry of references
   */
  Chooser(
      Topics topics,
      RejectFilter filter,
      int maxAttempts,
      Room room,
      Set<RedriveHeaders> marks,
      Instant now) {
    this.topics = topics;
    this.filter = filter;
    this.maxAttempts = maxAttempts;
    this.room = room;
    this.marks = marks;
    this.now = now;
  }

  Choice choose(ConsumerRecord<byte[], byte[]> record) {
    DeadLetter letter;
    try {
      letter = DeadLetter.read(record);
    } catch (RecordException e) {
      return new Choice.Left("%s: %s".formatted(DeadLetter.placeOf(record), e.getMessage()));
    }
    if (!filter.names(letter)) {
      return new Choice.Passed();
    }
    if (marks.contains(letter.nextAttempt())) {
      return new Choice.Done();
    }
    return obstacle(letter)
        .map(why -> (Choice) new Choice.Left("%s: %s".formatted(letter, why)))
        .orElseGet(() -> returning(letter));
  }

  private Optional<String> obstacle(DeadLetter letter) {
    int attempt = letter.refusal().attempt();
    Origin origin = letter.refusal().origin();
    if (attempt >= maxAttempts) {
      return Optional.of(
          "refused %d times, at most %d attempts (--max-attempts)".formatted(attempt, maxAttempts));
    }
    if (letter.isWithoutBytes()) {
      return Optional.of("the service had to leave its bytes out; they may still be at " + origin);
    }
    if (!origin.topic().equals(topics.frames().name())) {
      return Optional.of(
          "came from topic %s, not from %s".formatted(origin.topic(), topics.frames().name()));
    }
    if (origin.partition() >= room.partitions()) {
      return Optional.of(
          "came from partition %d, topic %s has %d"
              .formatted(origin.partition(), origin.topic(), room.partitions()));
    }
    return letter.frame().map(Frame::content).flatMap(this::expiry);
  }

  private Optional<String> expiry(Content content) {
    return Optional.of(content)
        .filter(ReferenceContent.class::isInstance)
        .map(ReferenceContent.class::cast)
        .filter(
            reference -> reference.expiresMicros() <= ChronoUnit.MICROS.between(Instant.EPOCH, now))
        .map(
            reference ->
                "its payload %s expired at %s"
                    .formatted(
                        reference.uri(),
                        Instant.EPOCH.plus(reference.expiresMicros(), ChronoUnit.MICROS)));
  }

  /** Same partition, key and bytes as the first time, so that its camera stays where it is. */
  private Choice returning(DeadLetter letter) {
    ConsumerRecord<byte[], byte[]> record = letter.record();
    Headers headers = new RecordHeaders(record.headers());
    letter.nextAttempt().write(headers);
    ProducerRecord<byte[], byte[]> frame =
        new ProducerRecord<>(
            topics.frames().name(),
            letter.refusal().origin().partition(),
            record.key(),
            record.value(),
            headers);
    Headers marked = new RecordHeaders();
    letter.nextAttempt().write(marked);
    Choice.Return chosen =
        new Choice.Return(
            letter,
            frame,
            new ProducerRecord<>(topics.redrives().name(), null, record.key(), null, marked));
    if (chosen.bytes() > room.maxBytes()) {
      return new Choice.Left(
          "%s: %d bytes, topic %s takes %d (max.message.bytes)"
              .formatted(letter, chosen.bytes(), topics.frames().name(), room.maxBytes()));
    }
    return chosen;
  }
}
