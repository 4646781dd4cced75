package dev.catseye.perceive;

import dev.catseye.metrics.Meters;
import dev.catseye.perceive.Passage.Settled;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.RejectHeaders;
import java.util.Locale;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Makes the dead letter of a rejected frame: its raw bytes, and in the headers why it lies there.
 * Bytes that topic rejects would refuse are left out, and the detail says so. One instance per
 * stream task.
 */
final class RejectProcessor implements FixedKeyProcessor<String, Settled, byte[]> {
  private static final int HEADER_BYTES = 64 << 10;

  private final int maxBytes;
  private final Meters meters;
  private FixedKeyProcessorContext<String, byte[]> context;

  RejectProcessor(int maxRecordBytes, Meters meters) {
    this.maxBytes = maxRecordBytes - HEADER_BYTES;
    this.meters = meters;
  }

  @Override
  public void init(FixedKeyProcessorContext<String, byte[]> context) {
    this.context = context;
  }

  @Override
  public void process(FixedKeyRecord<String, Settled> record) {
    Settled settled = record.value();
    byte[] bytes = settled.arrival().bytes();
    boolean fits = bytes.length <= maxBytes;
    headers(settled, fits).write(record.headers());
    meters.dead(word(settled));
    context.forward(record.withValue(fits ? bytes : new byte[0]));
  }

  /** The stage that decided. */
  private static String word(Settled settled) {
    return settled.stage().name().toLowerCase(Locale.ROOT);
  }

  private RejectHeaders headers(Settled settled, boolean fits) {
    Mask mask = settled.mask();
    Arrival arrival = settled.arrival();
    String omitted = "value of " + arrival.bytes().length + " bytes left out: ";
    return new RejectHeaders(
        mask.reason(),
        fits ? mask.detail() : ShortText.of(omitted + mask.detail()),
        word(settled),
        mask.bundleDigest(),
        arrival.attempt(),
        arrival.firstAppendedMillis() * 1000,
        mask.origin());
  }
}
