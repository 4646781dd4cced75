package dev.catseye.verify;

import dev.catseye.verify.wire.WireException;
import dev.catseye.verify.wire.WireReader;
import dev.catseye.verify.wire.WireRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads records of heartbeats and checks their seals and keys. Not thread-safe. */
final class BeatSight {
  private final WireReader reader = WireReader.of("Heartbeat");
  private final Pool pool;

  /**
   * @param pool of texts that many records share; borrowed
   */
  BeatSight(Pool pool) {
    this.pool = pool;
  }

  SeenBeat see(RawRecord raw) {
    List<String> faults = new ArrayList<>();
    if (!WireReader.sealHolds(raw.bytes())) {
      faults.add("seal broken");
    }
    try {
      SeenBeat.Facts facts = facts(reader.read(raw.bytes()));
      if (!raw.keyText().equals(facts.instance())) {
        faults.add("key '%s', instance '%s'".formatted(raw.keyText(), facts.instance()));
      }
      return new SeenBeat(raw.place(), List.copyOf(faults), Optional.of(facts));
    } catch (WireException e) {
      faults.add("unreadable: " + e.getMessage());
      return new SeenBeat(raw.place(), List.copyOf(faults), Optional.empty());
    }
  }

  private SeenBeat.Facts facts(WireRecord beat) {
    return new SeenBeat.Facts(
        pool.of(beat.text("instance_id")),
        beat.text("state"),
        beat.number("counter"),
        pool.of(beat.text("provider")),
        pool.of(beat.text("bundle_digest")),
        beat.number("sent_at"));
  }
}
