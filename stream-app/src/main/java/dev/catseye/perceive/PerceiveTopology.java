package dev.catseye.perceive;

import dev.catseye.metrics.Meters;
import dev.catseye.perceive.Passage.Settled;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * frames → admit → decode → detect → settle → (masks, rejects). Opens no file, loads no network,
 * reads no clock but the one it is given.
 */
public final class PerceiveTopology {
  static final String SEEN_FRAMES = "seen-frames";

  private PerceiveTopology() {}

  /** The topology over {@code topics}. */
  public static Topology build(Topics topics, PerceiveSetup setup) {
    Meters meters = setup.meters();
    int maxCameras = setup.config().maxCameras();
    MaskMaker masks = MaskMaker.of(setup);
    Optional<NewestWins> newestWins =
        setup
            .shedding()
            .map(rule -> new NewestWins(setup.config().budget(), rule, setup.nowMicros()));
    Admission admission = new Admission(setup.config().maxFrameBytes(), newestWins, masks);
    Decoding decoding = new Decoding(setup, masks);
    Detecting detecting = new Detecting(setup, masks, topics.masks().maxBytes(), newestWins);
    Serde<String> key = Serdes.String();
    Serde<byte[]> bytes = Serdes.ByteArray();

    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(seenFrames());
    KStream<String, Settled> settled =
        builder.stream(topics.frames().name(), Consumed.with(key, bytes).withName("frames"))
            .processValues(
                () -> new AdmitProcessor(admission, maxCameras, meters, setup.nowMicros()),
                Named.as("admit"),
                SEEN_FRAMES)
            .mapValues(decoding, Named.as("decode"))
            .mapValues(detecting, Named.as("detect"))
            .processValues(
                () -> new SettleProcessor(maxCameras, newestWins, meters, setup.work()),
                Named.as("settle"),
                SEEN_FRAMES);
    settled
        .mapValues(Settled::mask, Named.as("mask"))
        .to(
            topics.masks().name(),
            Produced.with(key, topics.masks().serde())
                .withName("masks")
                .withStreamPartitioner(besideItsFrame()));
    int maxRejectBytes = topics.rejects().maxBytes();
    settled
        .filter((camera, frame) -> frame.isRejected(), Named.as("only-rejected"))
        .processValues(() -> new RejectProcessor(maxRejectBytes, meters), Named.as("dead-letter"))
        .to(topics.rejects().name(), Produced.with(key, bytes).withName("rejects"));
    return builder.build();
  }

  /** A mask goes to the partition of its frame: a camera keeps its order whatever its key was. */
  private static StreamPartitioner<String, Mask> besideItsFrame() {
    return (topic, key, mask, partitions) ->
        Optional.of(Set.of(mask.origin().partition() % partitions));
  }

  /**
   * In memory and without a cache: at most 3 KB for each of a bounded number of cameras, each
   * change in the changelog.
   */
  private static StoreBuilder<KeyValueStore<String, SeenFrames>> seenFrames() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(SEEN_FRAMES), Serdes.String(), SeenFramesSerde.create())
        .withLoggingEnabled(Map.of())
        .withCachingDisabled();
  }
}
