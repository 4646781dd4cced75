package dev.catseye.verify;

import dev.catseye.verify.wire.MapSamples;
import dev.catseye.verify.wire.WireException;
import dev.catseye.verify.wire.WireReader;
import dev.catseye.verify.wire.WireRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads records of masks, checks their seals, unpacks their score maps and compares these with what
 * the records say of them. Keeps no map. Not thread-safe.
 */
final class MaskSight {
  private final WireReader reader = WireReader.of("Mask");
  private final MapRule rule;
  private final Pool pool;

  /**
   * @param pool of texts that many records share; borrowed
   */
  MaskSight(MapRule rule, Pool pool) {
    this.rule = rule;
    this.pool = pool;
  }

  SeenMask see(RawRecord raw) {
    ByteBuffer value = raw.bytes();
    List<String> faults = new ArrayList<>();
    if (!WireReader.sealHolds(value)) {
      faults.add("seal broken");
    }
    Optional<SeenMask.Facts> facts = Optional.empty();
    Optional<String> contradiction = Optional.empty();
    try {
      WireRecord mask = reader.read(value);
      facts = Optional.of(facts(mask, tellsOfThePast(mask, raw)));
      if (faults.isEmpty()) {
        contradiction = content(mask, facts.get(), faults);
      }
    } catch (WireException e) {
      faults.add("unreadable: " + e.getMessage());
    }
    return new SeenMask(
        raw.place(),
        pool.of(raw.keyText()),
        raw.appendedMillis(),
        List.copyOf(faults),
        contradiction,
        facts);
  }

  /** The record a mask is about; empty when it cannot be read. */
  Optional<Place> origin(RawRecord raw) {
    try {
      return Optional.of(place(reader.read(raw.bytes()).record("origin")));
    } catch (WireException e) {
      return Optional.empty();
    }
  }

  /** What contradicts the score map; adds to {@code faults} why there is none to compare with. */
  private Optional<String> content(WireRecord mask, SeenMask.Facts facts, List<String> faults) {
    Optional<WireRecord> map = mask.optionalRecord("score_map");
    Optional<WireRecord> summary = mask.optionalRecord("summary");
    if (facts.detected() != map.isPresent() || facts.detected() != summary.isPresent()) {
      faults.add(
          facts.outcome() + (facts.detected() ? " without" : " with") + " score map or summary");
      return Optional.empty();
    }
    if (!facts.detected()) {
      return facts.regions().isEmpty()
          ? Optional.empty()
          : Optional.of(facts.outcome() + " with regions");
    }
    try {
      byte[] samples = MapSamples.unpack(map.orElseThrow());
      return rule.contradiction(facts, map.orElseThrow(), samples, summary.orElseThrow());
    } catch (WireException e) {
      faults.add("score map: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** As judge does: what was put back is judged again, but is not what the camera sees now. */
  private static boolean tellsOfThePast(WireRecord mask, RawRecord raw) {
    boolean overtaken = Boolean.parseBoolean(raw.headers().get("overtaken"));
    return overtaken || (raw.isPutBack() && !mask.text("outcome").equals("DETECTED"));
  }

  private SeenMask.Facts facts(WireRecord mask, boolean past) {
    OptionalDouble threshold =
        mask.optionalRecord("summary")
            .map(summary -> OptionalDouble.of(summary.real("threshold")))
            .orElse(OptionalDouble.empty());
    SeenMask.Maker maker =
        new SeenMask.Maker(
            pool.of(mask.text("plan")),
            pool.of(mask.text("provider")),
            pool.of(mask.text("bundle_digest")),
            pool.of(mask.text("instance_id")),
            threshold);
    SeenMask.Picture picture =
        new SeenMask.Picture(
            mask.optionalNumber("payload_checksum"),
            mask.optionalReal("picture_mean"),
            mask.optionalReal("picture_spread"));
    Place origin = place(mask.record("origin"));
    return new SeenMask.Facts(
        mask.optionalRecord("frame").map(frame -> Identity.of(frame).shared(pool)),
        (int) mask.number("frame_width"),
        (int) mask.number("frame_height"),
        pool.of(mask.text("drive_id")),
        new Place(pool.of(origin.topic()), origin.partition(), origin.offset()),
        pool.of(mask.text("record_key")),
        mask.text("outcome"),
        mask.text("reason"),
        (Boolean) mask.value("overdue").orElseThrow(),
        maker,
        picture,
        mask.records("regions").stream().map(MaskSight::region).toList(),
        mask.number("processed_at"),
        past);
  }

  /** Topic, partition and offset in a record Origin. */
  static Place place(WireRecord origin) {
    return new Place(
        origin.text("topic"), (int) origin.number("partition"), origin.number("offset"));
  }

  /** Box, area, peak score and surroundings of a region, or of the alarm about one. */
  static SeenMask.Region region(WireRecord region) {
    WireRecord box = region.record("box");
    return new SeenMask.Region(
        box.number("x"),
        box.number("y"),
        box.number("width"),
        box.number("height"),
        region.number("area_px"),
        region.real("peak_score"),
        region.optionalReal("drivable_fraction"));
  }
}
