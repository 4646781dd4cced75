package dev.catseye.perceive;

import dev.catseye.metrics.Meters;
import dev.catseye.schemas.Origin;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/** Hands each record to {@link Admission}; only reads the store. One instance per stream task. */
final class AdmitProcessor implements FixedKeyProcessor<String, byte[], Passage> {
  private final Admission admission;
  private final Meters meters;
  private FixedKeyProcessorContext<String, Passage> context;
  private KeyValueStore<String, SeenFrames> seen;

  AdmitProcessor(Admission admission, Meters meters) {
    this.admission = admission;
    this.meters = meters;
  }

  @Override
  public void init(FixedKeyProcessorContext<String, Passage> context) {
    this.context = context;
    this.seen = context.getStateStore(PerceiveTopology.SEEN_FRAMES);
  }

  @Override
  public void process(FixedKeyRecord<String, byte[]> record) {
    RecordMetadata metadata = context.recordMetadata().orElseThrow();
    Origin origin = new Origin(metadata.topic(), metadata.partition(), metadata.offset());
    Arrival arrival = new Arrival(origin, record.key(), record.value());
    meters.received(arrival.key());
    context.forward(
        record.withValue(
            admission.judge(arrival, camera -> Optional.ofNullable(seen.get(camera)))));
  }
}
