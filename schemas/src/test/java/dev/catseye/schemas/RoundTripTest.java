package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

@Domain(Records.class)
class RoundTripTest {

  @Property(tries = 300)
  void frame_isReadBackEqual(@ForAll Frame frame) {
    assertReadBackEqual(Serdes.frame(), frame);
  }

  @Property(tries = 300)
  void mask_isReadBackEqual(@ForAll Mask mask) {
    assertReadBackEqual(Serdes.mask(), mask);
  }

  @Property(tries = 300)
  void trust_isReadBackEqual(@ForAll Trust trust) {
    assertReadBackEqual(Serdes.trust(), trust);
  }

  @Property(tries = 300)
  void alarm_isReadBackEqual(@ForAll Alarm alarm) {
    assertReadBackEqual(Serdes.alarm(), alarm);
  }

  @Property(tries = 300)
  void health_isReadBackEqual(@ForAll Health health) {
    assertReadBackEqual(Serdes.health(), health);
  }

  @Property(tries = 300)
  void heartbeat_isReadBackEqual(@ForAll Heartbeat heartbeat) {
    assertReadBackEqual(Serdes.heartbeat(), heartbeat);
  }

  @Property(tries = 300)
  void groundTruth_isReadBackEqual(@ForAll GroundTruth truth) {
    assertReadBackEqual(Serdes.groundTruth(), truth);
  }

  @Test
  void nullValue_staysNullBothWays() {
    Serde<Mask> serde = Serdes.mask();

    assertThat(serde.serializer().serialize("masks", null)).isNull();
    assertThat(serde.deserializer().deserialize("masks", null)).isNull();
  }

  private static <T> void assertReadBackEqual(Serde<T> serde, T value) {
    byte[] message = serde.serializer().serialize("topic", value);
    assertThat(serde.deserializer().deserialize("topic", message)).isEqualTo(value);
  }
}
