package dev.catseye.judge;

import dev.catseye.judge.Finding.AlarmFinding;
import dev.catseye.judge.Finding.HealthFinding;
import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** masks → judge → (alarms, health). Reads no clock but the one it is given. */
public final class JudgeTopology {
  static final String CAMERAS = "cameras";
  static final String MASKS = "masks";

  private JudgeTopology() {}

  /** The topology over {@code topics}. */
  public static Topology build(Topics topics, JudgeSetup setup) {
    Serde<String> key = Serdes.String();
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(cameras());
    KStream<String, Finding> findings =
        builder.stream(
                topics.masks().name(), Consumed.with(key, Serdes.ByteArray()).withName(MASKS))
            .process(
                () -> new JudgeProcessor(setup, topics.masks().serde().deserializer()),
                Named.as("judge"),
                CAMERAS);
    findings
        .filter((camera, finding) -> finding instanceof AlarmFinding, Named.as("only-alarms"))
        .to(
            topics.alarms().name(),
            written(topics.alarms(), finding -> ((AlarmFinding) finding).alarm(), "alarms"));
    findings
        .filter((camera, finding) -> finding instanceof HealthFinding, Named.as("only-health"))
        .to(
            topics.health().name(),
            written(topics.health(), finding -> ((HealthFinding) finding).health(), "health"));
    return builder.build();
  }

  /** Writes the record inside a finding, to the partition that the finding names. */
  private static <T> Produced<String, Finding> written(
      Topic<T> topic, Function<Finding, T> record, String name) {
    Serde<Finding> serde =
        Serdes.serdeFrom(
            (to, finding) -> topic.serde().serializer().serialize(to, record.apply(finding)),
            (from, bytes) -> {
              throw new UnsupportedOperationException("findings are only written");
            });
    return Produced.with(Serdes.String(), serde)
        .withName(name)
        .withStreamPartitioner(
            (to, camera, finding, partitions) ->
                Optional.of(Set.of(finding.partition() % partitions)));
  }

  /** In memory and without a cache: a few KB per camera, each change in the changelog. */
  private static StoreBuilder<KeyValueStore<String, CameraState>> cameras() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(CAMERAS), Serdes.String(), CameraStateSerde.create())
        .withLoggingEnabled(Map.of())
        .withCachingDisabled();
  }
}
