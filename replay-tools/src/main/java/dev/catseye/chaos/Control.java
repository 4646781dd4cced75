package dev.catseye.chaos;

import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Serdes;
import dev.catseye.verify.Place;
import dev.catseye.verify.RawRecord;
import dev.catseye.verify.RecordedRun;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A copy of a run that is wrong on purpose: the checker must say FAIL. */
public enum Control {
  /**
   * The run as its readers would see it if the service did not take back what it did not commit:
   * outcomes of aborted transactions count.
   */
  AT_LEAST_ONCE("outcomes that were taken back count as well"),
  /** One outcome is missing. */
  DROP("one outcome is missing"),
  /** One outcome is replaced by another, well sealed, about a frame that never was. */
  FORGE("one outcome is forged, its seal is good");

  private static final long FAR_OFFSET = 1L << 40;

  private final String sentence;

  Control(String sentence) {
    this.sentence = sentence;
  }

  /** What is wrong with the copy, in words. */
  String sentence() {
    return sentence;
  }

  /**
   * Makes the copy; empty when this run has nothing to make it of.
   *
   * @param takenBack outcomes of aborted transactions
   */
  Optional<RecordedRun> copy(RecordedRun run, List<RawRecord> takenBack, Optional<Mask> sample) {
    List<Place> masks = run.masks();
    if (masks.isEmpty()) {
      return Optional.empty();
    }
    Place middle = masks.get(masks.size() / 2);
    return switch (this) {
      case DROP -> Optional.of(run.without(middle));
      case FORGE -> sample.map(mask -> run.with(forged(mask, middle)));
      case AT_LEAST_ONCE ->
          takenBack.isEmpty() ? Optional.empty() : Optional.of(withAll(run, takenBack));
    };
  }

  private static RecordedRun withAll(RecordedRun run, List<RawRecord> takenBack) {
    RecordedRun copy = run;
    for (RawRecord mask : takenBack) {
      copy = copy.with(mask);
    }
    return copy;
  }

  private static RawRecord forged(Mask mask, Place place) {
    Origin nowhere = new Origin(mask.origin().topic(), mask.origin().partition(), FAR_OFFSET);
    byte[] value = Serdes.mask().serializer().serialize("", withOrigin(mask, nowhere));
    return new RawRecord(place, Optional.empty(), Optional.of(ByteBuffer.wrap(value)), Map.of(), 0);
  }

  private static Mask withOrigin(Mask mask, Origin origin) {
    return new Mask(
        mask.frame(),
        mask.frameWidth(),
        mask.frameHeight(),
        mask.driveId(),
        origin,
        mask.recordKey(),
        mask.outcome(),
        mask.reason(),
        mask.detail(),
        mask.overdue(),
        mask.provider(),
        mask.plan(),
        mask.bundleDigest(),
        mask.scoreMap(),
        mask.regions(),
        mask.pictureMean(),
        mask.pictureSpread(),
        mask.payloadChecksum(),
        mask.summary(),
        mask.stages(),
        mask.processedMicros(),
        mask.instanceId());
  }
}
