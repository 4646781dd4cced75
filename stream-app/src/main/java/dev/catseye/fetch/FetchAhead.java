package dev.catseye.fetch;

import dev.catseye.perceive.Backlog;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Origin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The consumers of all stream threads of one process and what waits in them. Thread-safe; the
 * consumers themselves belong to one thread each, as Kafka's do.
 */
public final class FetchAhead implements Backlog {
  private final ToIntFunction<String> weightOf;
  private final List<HeldFrames> held = new CopyOnWriteArrayList<>();

  /**
   * Nothing is fetched yet.
   *
   * @param weightOf turns of a camera while another one has one, 1 or more
   */
  public FetchAhead(ToIntFunction<String> weightOf) {
    this.weightOf = weightOf;
  }

  /**
   * A consumer for one stream thread.
   *
   * @param config as Kafka Streams wants it, without deserializers
   */
  public Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    HeldFrames frames = new HeldFrames(weightOf);
    held.add(frames);
    return new LookAheadConsumer(config, frames);
  }

  @Override
  public boolean newerWaits(Origin origin, FrameId frame, long untilMillis) {
    return held.stream().anyMatch(frames -> frames.newerWaits(origin, frame, untilMillis));
  }
}
