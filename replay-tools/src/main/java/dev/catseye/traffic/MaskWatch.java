package dev.catseye.traffic;

import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** A watch on masks. */
public final class MaskWatch {
  private MaskWatch() {}

  /** Hears of masks, on the thread of the watch. */
  public interface Listener {
    /**
     * A mask is visible to readers of committed records.
     *
     * @param appendedMillis when the broker appended it, since 1970-01-01 UTC
     */
    void seen(Mask mask, long appendedMillis);
  }

  /** Begins to watch, from the start of the topic; a record that is no mask is passed over. */
  public static RecordWatch start(ClientConfig client, Topics topics, Listener listener) {
    return RecordWatch.start(client, topics.masks(), record -> see(topics, record, listener));
  }

  private static void see(Topics topics, ConsumerRecord<byte[], byte[]> record, Listener listener) {
    Mask mask;
    try {
      mask = topics.masks().serde().deserializer().deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      return; // a matter for the checker
    }
    listener.seen(mask, record.timestamp());
  }
}
