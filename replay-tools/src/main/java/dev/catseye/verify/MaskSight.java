package dev.catseye.verify;

import dev.catseye.verify.wire.MapSamples;
import dev.catseye.verify.wire.WireException;
import dev.catseye.verify.wire.WireReader;
import dev.catseye.verify.wire.WireRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads records of masks, checks their seals and unpacks their score maps. Immutable. */
final class MaskSight {
  private final WireReader reader = WireReader.of("Mask");

  SeenMask see(RawRecord raw) {
    List<String> faults = new ArrayList<>();
    ByteBuffer value = raw.bytes();
    boolean sealed = WireReader.sealHolds(value);
    if (!sealed) {
      faults.add("seal broken");
    }
    try {
      WireRecord mask = reader.read(value);
      if (sealed) {
        scoreMapFault(mask).ifPresent(faults::add);
      }
      return new SeenMask(
          raw.place(), raw.appendedMillis(), List.copyOf(faults), Optional.of(facts(mask)));
    } catch (WireException e) {
      faults.add("unreadable: " + e.getMessage());
      return new SeenMask(raw.place(), raw.appendedMillis(), List.copyOf(faults), Optional.empty());
    }
  }

  /** The record a mask is about; empty when it cannot be read. */
  Optional<Place> origin(RawRecord raw) {
    return see(raw).facts().map(SeenMask.Facts::origin);
  }

  private static Optional<String> scoreMapFault(WireRecord mask) {
    boolean detected = mask.text("outcome").equals("DETECTED");
    Optional<WireRecord> map = mask.optionalRecord("score_map");
    if (detected != map.isPresent()) {
      return Optional.of(mask.text("outcome") + (detected ? " without" : " with") + " score map");
    }
    try {
      if (detected) {
        MapSamples.unpack(map.orElseThrow());
      }
      return Optional.empty();
    } catch (WireException e) {
      return Optional.of("score map: " + e.getMessage());
    }
  }

  private static SeenMask.Facts facts(WireRecord mask) {
    WireRecord origin = mask.record("origin");
    return new SeenMask.Facts(
        mask.optionalRecord("frame").map(Identity::of),
        (int) mask.number("frame_width"),
        (int) mask.number("frame_height"),
        mask.text("drive_id"),
        new Place(origin.text("topic"), (int) origin.number("partition"), origin.number("offset")),
        mask.text("record_key"),
        mask.text("outcome"),
        mask.text("reason"),
        mask.text("plan"),
        mask.text("provider"),
        mask.text("bundle_digest"),
        mask.text("instance_id"),
        mask.optionalNumber("payload_checksum"),
        mask.records("regions").stream().map(MaskSight::region).toList());
  }

  /** Box, area and peak score of a region, or of the alarm about one. */
  static SeenMask.Region region(WireRecord region) {
    WireRecord box = region.record("box");
    return new SeenMask.Region(
        box.number("x"),
        box.number("y"),
        box.number("width"),
        box.number("height"),
        region.number("area_px"),
        region.real("peak_score"));
  }
}
