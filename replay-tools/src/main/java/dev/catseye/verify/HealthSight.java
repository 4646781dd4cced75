package dev.catseye.verify;

import dev.catseye.verify.wire.WireException;
import dev.catseye.verify.wire.WireReader;
import dev.catseye.verify.wire.WireRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads records of health and checks their seals. Immutable. */
final class HealthSight {
  private final WireReader reader = WireReader.of("Health");

  SeenHealth see(RawRecord raw) {
    List<String> faults = new ArrayList<>();
    if (!WireReader.sealHolds(raw.bytes())) {
      faults.add("seal broken");
    }
    try {
      Optional<SeenHealth.Facts> facts = Optional.of(facts(reader.read(raw.bytes())));
      return new SeenHealth(raw.place(), List.copyOf(faults), facts);
    } catch (WireException e) {
      faults.add("unreadable: " + e.getMessage());
      return new SeenHealth(raw.place(), List.copyOf(faults), Optional.empty());
    }
  }

  private static SeenHealth.Facts facts(WireRecord health) {
    Set<String> reasons = new LinkedHashSet<>();
    ((List<?>) health.value("reasons").orElseThrow())
        .forEach(reason -> reasons.add((String) reason));
    WireRecord counts = health.record("counts");
    return new SeenHealth.Facts(
        health.text("camera_id"),
        health.text("state"),
        reasons,
        health.number("counter"),
        counts.number("detected"),
        Stream.of("detected", "shed", "rejected", "duplicate", "late")
            .mapToLong(counts::number)
            .sum(),
        health.number("decided_at"));
  }
}
