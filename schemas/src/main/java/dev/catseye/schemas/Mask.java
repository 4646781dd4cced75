package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What became of one record of the topic "frames"; exactly one per record.
 *
 * @param frame identity of the frame; empty when its bytes could not be read
 * @param frameWidth width in camera pixels, 1 to 65535; known whenever the frame is DETECTED
 * @param frameHeight height in camera pixels, 1 to 65535; known whenever the frame is DETECTED
 * @param driveId drive, up to 200 characters; empty when unknown
 * @param origin topic, partition and offset of the judged record
 * @param recordKey key of the judged record as text, up to 4096 characters; empty when it had none
 * @param outcome what became of it
 * @param reason why it was not detected; NONE exactly when the outcome needs none
 * @param detail the reason in words, up to 4096 characters
 * @param overdue true when it was processed later than the declared bound; says nothing about
 *     admission
 * @param provider execution provider of the instance, up to 200 characters; empty when none
 * @param plan plan that made the score map, up to 200 characters; empty when none
 * @param bundleDigest SHA-256 of bundle.json in hex; empty when no bundle was open
 * @param scoreMap anomaly score per pixel at the plan's working size; present exactly when DETECTED
 * @param regions regions above the operating point inside the frame, strongest first, at most
 *     10000; empty unless DETECTED
 * @param pictureMean mean luma, 0 to 255; empty when not decoded
 * @param pictureSpread standard deviation of the luma, 0 to 255; empty when not decoded
 * @param payloadChecksum CRC-32C of the payload bytes, 0 to 4294967295; empty when not read
 * @param summary the score map in four numbers; present exactly when DETECTED
 * @param stages time spent in each stage
 * @param processedMicros time of the decision, microseconds UTC
 * @param instanceId instance that decided, 1 to 200 characters
 */
public record Mask(
    Optional<FrameId> frame,
    OptionalInt frameWidth,
    OptionalInt frameHeight,
    String driveId,
    Origin origin,
    String recordKey,
    Outcome outcome,
    Reason reason,
    String detail,
    boolean overdue,
    String provider,
    String plan,
    String bundleDigest,
    Optional<ScoreMap> scoreMap,
    List<Region> regions,
    OptionalDouble pictureMean,
    OptionalDouble pictureSpread,
    OptionalLong payloadChecksum,
    Optional<Summary> summary,
    StageMicros stages,
    long processedMicros,
    String instanceId) {

  /** Most regions of one mask. */
  public static final int MAX_REGIONS = 10_000;

  public Mask {
    requireNonNull(frame, "frame");
    Checks.require(
        frameWidth.isPresent() == frameHeight.isPresent(), "frame width or height is missing");
    frameWidth.ifPresent(width -> Checks.within(width, 1, Frame.MAX_SIDE, "frame width"));
    frameHeight.ifPresent(height -> Checks.within(height, 1, Frame.MAX_SIDE, "frame height"));
    Checks.idOrEmpty(driveId, "drive id");
    requireNonNull(origin, "origin");
    Checks.text(recordKey, "record key");
    requireNonNull(outcome, "outcome");
    requireNonNull(reason, "reason");
    Checks.text(detail, "detail");
    Checks.idOrEmpty(provider, "provider");
    Checks.idOrEmpty(plan, "plan");
    Checks.digestOrEmpty(bundleDigest, "bundle digest");
    regions = List.copyOf(regions);
    Checks.within(regions.size(), 0, MAX_REGIONS, "number of regions");
    pictureMean.ifPresent(mean -> Checks.within(mean, 0, 255, "picture mean"));
    pictureSpread.ifPresent(spread -> Checks.within(spread, 0, 255, "picture spread"));
    payloadChecksum.ifPresent(crc -> Checks.within(crc, 0, 0xFFFF_FFFFL, "payload checksum"));
    requireNonNull(stages, "stages");
    Checks.micros(processedMicros, "processing time");
    Checks.id(instanceId, "instance id");

    boolean detected = outcome == Outcome.DETECTED;
    boolean answered =
        frame.isPresent() && frameWidth.isPresent() && scoreMap.isPresent() && summary.isPresent();
    boolean silent = scoreMap.isEmpty() && summary.isEmpty() && regions.isEmpty();
    Checks.require(
        !detected || answered, "mask of %s: DETECTED lacks frame, size, map or summary", origin);
    Checks.require(
        detected || silent, "mask of %s: %s has map, summary or regions", origin, outcome);
    Checks.require(
        fits(outcome, reason), "mask of %s: outcome %s with reason %s", origin, outcome, reason);
    if (detected) {
      int width = frameWidth.getAsInt();
      int height = frameHeight.getAsInt();
      Checks.require(
          scoreMap.get().covers(width, height),
          "mask of %s: score map does not cover a frame of %dx%d",
          origin,
          width,
          height);
      for (Region region : regions) {
        Box box = region.box();
        Checks.require(
            box.liesIn(width, height), "mask of %s: %s outside %dx%d", origin, box, width, height);
      }
    }
  }

  /** DETECTED has no reason, REJECTED always has one, the others may. */
  private static boolean fits(Outcome outcome, Reason reason) {
    return switch (outcome) {
      case DETECTED -> reason == Reason.NONE;
      case REJECTED -> reason != Reason.NONE;
      case SHED, DUPLICATE, LATE -> true;
    };
  }
}
