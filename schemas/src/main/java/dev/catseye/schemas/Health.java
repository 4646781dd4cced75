package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Health of one camera, at a fixed rate and at every change.
 *
 * @param cameraId the camera, 1 to 200 characters
 * @param state its state
 * @param reasons why it is not OK, most important first, none twice; empty exactly when OK
 * @param counter alive counter: masks of this camera judged so far, 0 or more
 * @param lastFrame newest frame judged; empty before the first
 * @param frameAge ages of the frames judged since the previous record; empty when there were none
 * @param counts frames by outcome since the previous record
 * @param provider execution provider named by the newest mask; empty before the first
 * @param bundleDigest SHA-256 of bundle.json named by the newest mask, in hex; empty before the
 *     first
 * @param decidedMicros time of the judgement, microseconds UTC
 * @param instanceId instance that judged, 1 to 200 characters
 */
public record Health(
    String cameraId,
    HealthState state,
    List<HealthReason> reasons,
    long counter,
    Optional<FrameId> lastFrame,
    Optional<FrameAge> frameAge,
    OutcomeCounts counts,
    String provider,
    String bundleDigest,
    long decidedMicros,
    String instanceId) {
  public Health {
    Checks.id(cameraId, "camera id");
    requireNonNull(state, "state");
    reasons = List.copyOf(reasons);
    Checks.noneTwice(reasons, "reasons");
    Checks.require(
        (state == HealthState.OK) == reasons.isEmpty(),
        "health of %s: state %s with reasons %s",
        cameraId,
        state,
        reasons);
    Checks.within(counter, 0, Long.MAX_VALUE, "alive counter");
    lastFrame.ifPresent(
        frame ->
            Checks.require(
                frame.cameraId().equals(cameraId), "health of %s names frame %s", cameraId, frame));
    requireNonNull(frameAge, "frameAge");
    requireNonNull(counts, "counts");
    Checks.idOrEmpty(provider, "provider");
    Checks.digestOrEmpty(bundleDigest, "bundle digest");
    Checks.micros(decidedMicros, "decision time");
    Checks.id(instanceId, "instance id");
  }
}
