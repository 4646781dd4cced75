package dev.catseye.verify;

import dev.catseye.verify.wire.WireException;
import dev.catseye.verify.wire.WireReader;
import dev.catseye.verify.wire.WireRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads records of alarms and checks their seals and keys. Not thread-safe. */
final class AlarmSight {
  private final WireReader reader = WireReader.of("Alarm");
  private final Pool pool;

  /**
   * @param pool of texts that many records share; borrowed
   */
  AlarmSight(Pool pool) {
    this.pool = pool;
  }

  SeenAlarm see(RawRecord raw) {
    List<String> faults = new ArrayList<>();
    if (!WireReader.sealHolds(raw.bytes())) {
      faults.add("seal broken");
    }
    try {
      SeenAlarm.Facts facts = facts(reader.read(raw.bytes()));
      if (!raw.keyText().equals(facts.camera())) {
        faults.add("key '%s', camera '%s'".formatted(raw.keyText(), facts.camera()));
      }
      return new SeenAlarm(raw.place(), List.copyOf(faults), Optional.of(facts));
    } catch (WireException e) {
      faults.add("unreadable: " + e.getMessage());
      return new SeenAlarm(raw.place(), List.copyOf(faults), Optional.empty());
    }
  }

  private SeenAlarm.Facts facts(WireRecord alarm) {
    SeenAlarm.Weight weight =
        new SeenAlarm.Weight(
            alarm.number("evidence_count"),
            alarm.number("evidence_window"),
            alarm.text("severity"),
            alarm.optionalReal("growth_per_second"),
            alarm.optionalReal("seconds_to_contact"));
    return new SeenAlarm.Facts(
        alarm.text("alarm_id"),
        pool.of(alarm.text("camera_id")),
        alarm.text("state"),
        Identity.of(alarm.record("first_frame")).shared(pool),
        Identity.of(alarm.record("last_frame")).shared(pool),
        MaskSight.place(alarm.record("evidence")),
        MaskSight.region(alarm),
        weight,
        pool.of(alarm.text("plan")),
        pool.of(alarm.text("bundle_digest")),
        pool.of(alarm.text("drive_id")),
        alarm.number("counter"),
        alarm.number("decided_at"),
        pool.of(alarm.text("instance_id")));
  }
}
