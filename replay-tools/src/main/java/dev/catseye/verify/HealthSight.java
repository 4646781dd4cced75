package dev.catseye.verify;

import dev.catseye.verify.wire.WireException;
import dev.catseye.verify.wire.WireReader;
import dev.catseye.verify.wire.WireRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads records of health and checks their seals and keys. Not thread-safe. */
final class HealthSight {
  private final WireReader reader = WireReader.of("Health");
  private final Pool pool;

  /**
   * @param pool of texts that many records share; borrowed
   */
  HealthSight(Pool pool) {
    this.pool = pool;
  }

  SeenHealth see(RawRecord raw) {
    List<String> faults = new ArrayList<>();
    if (!WireReader.sealHolds(raw.bytes())) {
      faults.add("seal broken");
    }
    try {
      SeenHealth.Facts facts = facts(reader.read(raw.bytes()));
      if (!raw.keyText().equals(facts.camera())) {
        faults.add("key '%s', camera '%s'".formatted(raw.keyText(), facts.camera()));
      }
      return new SeenHealth(raw.place(), List.copyOf(faults), Optional.of(facts));
    } catch (WireException e) {
      faults.add("unreadable: " + e.getMessage());
      return new SeenHealth(raw.place(), List.copyOf(faults), Optional.empty());
    }
  }

  private SeenHealth.Facts facts(WireRecord health) {
    Set<String> reasons = new LinkedHashSet<>();
    ((List<?>) health.value("reasons").orElseThrow())
        .forEach(reason -> reasons.add((String) reason));
    WireRecord counts = health.record("counts");
    return new SeenHealth.Facts(
        pool.of(health.text("camera_id")),
        health.text("state"),
        reasons,
        health.number("counter"),
        new SeenHealth.Counts(
            counts.number("detected"),
            counts.number("shed"),
            counts.number("rejected"),
            counts.number("duplicate"),
            counts.number("late")),
        health.optionalRecord("last_frame").map(frame -> Identity.of(frame).shared(pool)),
        pool.of(health.text("provider")),
        pool.of(health.text("bundle_digest")),
        health.number("decided_at"),
        pool.of(health.text("instance_id")));
  }
}
