package dev.catseye.perceive;

import dev.catseye.metrics.Meters;
import dev.catseye.schemas.Origin;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Hands each record to {@link Admission}; only reads the store. One instance per stream task. */
final class AdmitProcessor implements FixedKeyProcessor<String, byte[], Passage> {
  private final Admission admission;
  private final int maxCameras;
  private final Meters meters;
  private FixedKeyProcessorContext<String, Passage> context;
  private CameraMemory cameras;

  AdmitProcessor(Admission admission, int maxCameras, Meters meters) {
    this.admission = admission;
    this.maxCameras = maxCameras;
    this.meters = meters;
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
    context.forward(record.withValue(admission.judge(arrival, cameras)));
  }
}
