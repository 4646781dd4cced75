package dev.catseye.verify;

import dev.catseye.verify.wire.WireException;
import dev.catseye.verify.wire.WireReader;
import dev.catseye.verify.wire.WireRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads records of alarms and checks their seals. Immutable. */
final class AlarmSight {
  private final WireReader reader = WireReader.of("Alarm");

  SeenAlarm see(RawRecord raw) {
    List<String> faults = new ArrayList<>();
    if (!WireReader.sealHolds(raw.bytes())) {
      faults.add("seal broken");
    }
    try {
      Optional<SeenAlarm.Facts> facts = Optional.of(facts(reader.read(raw.bytes())));
      return new SeenAlarm(raw.place(), List.copyOf(faults), facts);
    } catch (WireException e) {
      faults.add("unreadable: " + e.getMessage());
      return new SeenAlarm(raw.place(), List.copyOf(faults), Optional.empty());
    }
  }

  private static SeenAlarm.Facts facts(WireRecord alarm) {
    WireRecord evidence = alarm.record("evidence");
    return new SeenAlarm.Facts(
        alarm.text("alarm_id"),
        alarm.text("camera_id"),
        alarm.text("state"),
        Identity.of(alarm.record("first_frame")),
        Identity.of(alarm.record("last_frame")),
        new Place(
            evidence.text("topic"), (int) evidence.number("partition"), evidence.number("offset")),
        MaskSight.region(alarm),
        alarm.text("plan"),
        alarm.text("bundle_digest"),
        alarm.text("drive_id"),
        alarm.number("counter"),
        alarm.number("decided_at"));
  }
}
