package dev.catseye.perceive;

import dev.catseye.metrics.Meters;
import dev.catseye.metrics.WorkLog;
import dev.catseye.perceive.Passage.Settled;
import dev.catseye.schemas.FrameId;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Remembers the frame and lets its outcome go. Everything that opens a transaction happens here,
 * after inference: a frame slower than the transaction timeout would otherwise be fenced, repeated
 * and fenced again. One instance per stream task.
 */
final class SettleProcessor implements FixedKeyProcessor<String, Settled, Settled> {
  private final Meters meters;
  private final WorkLog work;
  private FixedKeyProcessorContext<String, Settled> context;
  private KeyValueStore<String, SeenFrames> seen;

  SettleProcessor(Meters meters, WorkLog work) {
    this.meters = meters;
    this.work = work;
  }

  @Override
  public void init(FixedKeyProcessorContext<String, Settled> context) {
    this.context = context;
    this.seen = context.getStateStore(PerceiveTopology.SEEN_FRAMES);
  }

  @Override
  public void process(FixedKeyRecord<String, Settled> record) {
    record.value().remembered().ifPresent(this::remember);
    meters.settled(record.value().mask());
    work.settled(record.value().mask());
    context.forward(record);
  }

  private void remember(FrameId frame) {
    SeenFrames before = seen.get(frame.cameraId());
    seen.put(frame.cameraId(), before == null ? SeenFrames.first(frame) : before.with(frame));
  }
}
