package dev.catseye.verify;

import dev.catseye.verify.wire.WireException;
import dev.catseye.verify.wire.WireReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads sealed records that are about one frame each and checks seals and keys. */
final class SealedSight {
  private final WireReader reader;
  private final Pool pool;

  /**
   * @param schema name of the record
   * @param pool of texts that many records share; borrowed
   */
  SealedSight(String schema, Pool pool) {
    this.reader = WireReader.of(schema);
    this.pool = pool;
  }

  SeenSealed see(RawRecord raw) {
    List<String> faults = new ArrayList<>();
    if (!WireReader.sealHolds(raw.bytes())) {
      faults.add("seal broken");
    }
    try {
      Identity frame = Identity.of(reader.read(raw.bytes()).record("frame")).shared(pool);
      if (!raw.keyText().equals(frame.camera())) {
        faults.add("key '%s', camera '%s'".formatted(raw.keyText(), frame.camera()));
      }
      return new SeenSealed(raw.place(), List.copyOf(faults), Optional.of(frame));
    } catch (WireException e) {
      faults.add("unreadable: " + e.getMessage());
      return new SeenSealed(raw.place(), List.copyOf(faults), Optional.empty());
    }
  }
}
