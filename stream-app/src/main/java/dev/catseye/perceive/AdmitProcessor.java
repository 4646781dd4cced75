package dev.catseye.perceive;

import dev.catseye.metrics.Meters;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Hands each record to {@link Admission}; only reads the store. One instance per stream task. */
final class AdmitProcessor implements FixedKeyProcessor<String, byte[], Passage> {
  private final Admission admission;
  private final int maxCameras;
  private final Meters meters;
  private final LongSupplier nowMicros;
  private FixedKeyProcessorContext<String, Passage> context;
  private CameraMemory cameras;

  AdmitProcessor(Admission admission, int maxCameras, Meters meters, LongSupplier nowMicros) {
    this.admission = admission;
    this.maxCameras = maxCameras;
    this.meters = meters;
    this.nowMicros = nowMicros;
  }

  @Override
  public void init(FixedKeyProcessorContext<String, Passage> context) {
    this.context = context;
    this.cameras =
        new StoredMemory(context.getStateStore(PerceiveTopology.SEEN_FRAMES), maxCameras);
  }

  @Override
  public void process(FixedKeyRecord<String, byte[]> record) {
    RecordMetadata metadata = context.recordMetadata().orElseThrow();
    Origin origin = new Origin(metadata.topic(), metadata.partition(), metadata.offset());
    Arrival arrival =
        new Arrival(origin, record.key(), record.value(), record.headers(), record.timestamp());
    meters.received(arrival.key());
    Passage passage = admission.judge(arrival, cameras);
    if (!arrival.isRedriven()) { // else its age is that of the past
      goesOn(passage)
          .ifPresent(
              frame ->
                  meters.admitted(frame, 1000 * arrival.appendedMillis(), nowMicros.getAsLong()));
    }
    context.forward(record.withValue(passage));
  }

  /** The frame, if it is worked on or was given up for a newer one. */
  private static Optional<FrameId> goesOn(Passage passage) {
    if (passage instanceof Passage.Admitted admitted) {
      return Optional.of(admitted.frame().id());
    }
    return passage instanceof Passage.Settled settled && settled.mask().outcome() == Outcome.SHED
        ? settled.mask().frame()
        : Optional.empty();
  }
}
