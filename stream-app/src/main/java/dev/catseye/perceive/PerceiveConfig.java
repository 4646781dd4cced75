package dev.catseye.perceive;

import dev.catseye.config.Settings;
import dev.catseye.image.ImageLimits;
import dev.catseye.schemas.MapEncoding;
import java.time.Duration;
import java.util.Optional;

/**
 * What is admitted and how masks are made. Immutable; read once at start-up.
 *
 * @param maxFrameBytes largest record of topic frames that is parsed
 * @param maxCameras cameras of one partition that are remembered at a time
 * @param picture limits that are checked before a picture is decoded
 * @param overdue age of a frame at its mask from which the mask is marked overdue
 * @param budget age that the mask of a frame should not exceed when a newer frame waits; empty for
 *     the expected service time and one period of the camera
 * @param threshold operating point; empty for the bundle's
 * @param minAreaPx smallest region, pixels of the camera frame
 * @param maxRegions most regions of one mask, the strongest
 * @param mapEncoding packing of the score maps
 */
public record PerceiveConfig(
    long maxFrameBytes,
    int maxCameras,
    ImageLimits picture,
    Duration overdue,
    Optional<Duration> budget,
    Optional<Float> threshold,
    int minAreaPx,
    int maxRegions,
    MapEncoding mapEncoding) {
  private static final long MIB = 1 << 20;

  /** Reads the settings of perceive. */
  public static PerceiveConfig from(Settings settings) {
    return new PerceiveConfig(
        settings
            .size("frame.max-bytes", 8 * MIB, "largest record of topic frames that is parsed")
            .between(1024L, 8 * MIB),
        settings
            .integer(
                "cameras.max",
                64,
                "cameras of one partition; one more is refused while each of them sent within the"
                    + " last hour")
            .between(1, 4096),
        new ImageLimits(
            settings.size("picture.max-bytes", 8 * MIB, "largest payload").between(1024L, 8 * MIB),
            settings.integer("picture.max-width", 8192, "widest picture, pixels").between(1, 65535),
            settings
                .integer("picture.max-height", 8192, "highest picture, pixels")
                .between(1, 65535),
            settings
                .integer(
                    "picture.max-pixels",
                    16_777_216,
                    "pixels of a picture, 3 bytes each once decoded")
                .between(1, 134_217_728)),
        settings
            .duration("frame.overdue", Duration.ofSeconds(1), "age at which a mask is marked late")
            .between(Duration.ofMillis(1), Duration.ofHours(1)),
        settings
            .duration(
                "frame.budget",
                "profile live: a frame that cannot be answered at this age is shed if a newer one of"
                    + " its camera waits")
            .byDefault("the time a frame takes and one frame period, both measured")
            .betweenOrAbsent(Duration.ofMillis(1), Duration.ofHours(1)),
        settings
            .real("region.threshold", "anomaly score from which a pixel belongs to a region")
            .byDefault("the bundle's operating point")
            .betweenOrAbsent(0f, 1f),
        settings
            .integer("region.min-area-px", 16, "smallest region, pixels of the camera frame")
            .between(1, 1_000_000),
        settings
            .integer("region.max", 256, "most regions of one mask, the strongest")
            .between(1, 4096),
        settings.choice("mask.encoding", MapEncoding.LZ4, "packing of the score maps").any());
  }
}
