package dev.catseye.perceive;

import dev.catseye.metrics.Meters;
import dev.catseye.metrics.WorkLog;
import dev.catseye.perceive.Passage.Settled;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.MaskHeaders;
import dev.catseye.schemas.Outcome;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Remembers the frame and lets its outcome go. Everything that opens a transaction happens here,
 * after inference: a frame slower than the transaction timeout would otherwise be fenced, repeated
 * and fenced again. One instance per stream task.
 */
final class SettleProcessor implements FixedKeyProcessor<String, Settled, Settled> {
  private final int maxCameras;
  private final Optional<NewestWins> newestWins; // shared by all tasks
  private final Meters meters;
  private final WorkLog work;
  private FixedKeyProcessorContext<String, Settled> context;
  private StoredMemory cameras;

  /**
   * @param newestWins told how long frames take, where it matters
   */
  SettleProcessor(int maxCameras, Optional<NewestWins> newestWins, Meters meters, WorkLog work) {
    this.maxCameras = maxCameras;
    this.newestWins = newestWins;
    this.meters = meters;
    this.work = work;
  }

  @Override
  public void init(FixedKeyProcessorContext<String, Settled> context) {
    this.context = context;
    this.cameras =
        new StoredMemory(context.getStateStore(PerceiveTopology.SEEN_FRAMES), maxCameras);
  }

  @Override
  public void process(FixedKeyRecord<String, Settled> record) {
    Optional<Sighting> seen = record.value().seen();
    seen.ifPresent(this::remember);
    Mask mask = record.value().mask();
    boolean overtaken = seen.filter(Sighting::isOvertaken).isPresent();
    if (mask.outcome() == Outcome.DETECTED) {
      newestWins.ifPresent(rule -> rule.served(mask));
      if (overtaken) {
        MaskHeaders.markOvertaken(record.headers());
      }
    }
    meters.settled(mask, overtaken);
    work.settled(mask, overtaken);
    context.forward(record);
  }

  private void remember(Sighting sighting) {
    cameras.remember(sighting);
    String camera = sighting.frame().cameraId();
    meters.missing(camera, sighting.missing());
    if (sighting.restarted()) {
      meters.restarted(camera);
    }
    if (sighting.clockFault()) {
      meters.clockFault(camera);
    }
  }
}
