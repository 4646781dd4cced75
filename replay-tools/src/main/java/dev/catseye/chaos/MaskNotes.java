package dev.catseye.chaos;

import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.traffic.MaskWatch;
import dev.catseye.traffic.RecordWatch;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Writes committed masks into a {@link Transcript} as they appear, and keeps one of them. */
final class MaskNotes implements AutoCloseable {
  private final Transcript transcript; // borrowed
  private final AtomicReference<Mask> sample = new AtomicReference<>();
  private final RecordWatch watch;

  private MaskNotes(ClientConfig client, Topics topics, Transcript transcript) {
    this.transcript = transcript;
    this.watch = MaskWatch.start(client, topics, this::see);
  }

  /** Begins to write, from the start of the topic. */
  static MaskNotes start(ClientConfig client, Topics topics, Transcript transcript) {
    return new MaskNotes(client, topics, transcript);
  }

  private void see(Mask mask, long appendedMillis) {
    if (mask.outcome() == Outcome.DETECTED) {
      sample.compareAndSet(null, mask);
    }
    transcript.answered(
        mask.origin(),
        new Answer(
            mask.outcome(),
            mask.reason(),
            mask.instanceId(),
            appendedMillis,
            mask.stages().infer()));
  }

  /** Some DETECTED mask of the run, if there was one. */
  Optional<Mask> sample() {
    return Optional.ofNullable(sample.get());
  }

  @Override
  public void close() {
    watch.close();
  }
}
