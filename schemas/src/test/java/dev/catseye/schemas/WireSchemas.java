package dev.catseye.schemas;

import java.util.List;
import org.apache.avro.Schema;

/** Schemas of all records on the wire. */
final class WireSchemas {
  static {
    Serdes.mask(); // our room before Avro's: Avro takes its limits with the first schema it meets
  }

  private WireSchemas() {}

  static List<Schema> all() {
    return List.of(
        dev.catseye.schemas.wire.Frame.getClassSchema(),
        dev.catseye.schemas.wire.Mask.getClassSchema(),
        dev.catseye.schemas.wire.Trust.getClassSchema(),
        dev.catseye.schemas.wire.Alarm.getClassSchema(),
        dev.catseye.schemas.wire.Health.getClassSchema(),
        dev.catseye.schemas.wire.Heartbeat.getClassSchema(),
        dev.catseye.schemas.wire.GroundTruth.getClassSchema());
  }
}
