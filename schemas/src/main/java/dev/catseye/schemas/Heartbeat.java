package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Sign of life of one instance. No heartbeat for 3 s means that Catseye itself is blind.
 *
 * @param instanceId the instance, 1 to 200 characters
 * @param roles topologies that it runs (perceive, judge), none twice
 * @param state its state
 * @param reasons why it is not OK, most important first, none twice; empty when OK
 * @param counter alive counter: records processed so far, 0 or more
 * @param lastFrame newest frame processed; empty before the first
 * @param frameAge ages of the frames processed since the previous heartbeat; empty when none
 * @param counts frames by outcome since the previous heartbeat
 * @param provider execution provider in use; empty when none
 * @param bundleDigest SHA-256 of bundle.json in use, in hex; empty when none
 * @param sentMicros time of sending, microseconds UTC
 */
public record Heartbeat(
    String instanceId,
    List<String> roles,
    HealthState state,
    List<HealthReason> reasons,
    long counter,
    Optional<FrameId> lastFrame,
    Optional<FrameAge> frameAge,
    OutcomeCounts counts,
    String provider,
    String bundleDigest,
    long sentMicros) {
  public Heartbeat {
    Checks.id(instanceId, "instance id");
    roles = List.copyOf(roles);
    roles.forEach(role -> Checks.id(role, "role"));
    Checks.noneTwice(roles, "roles");
    requireNonNull(state, "state");
    reasons = List.copyOf(reasons);
    Checks.noneTwice(reasons, "reasons");
    Checks.require(
        state != HealthState.OK || reasons.isEmpty(),
        "heartbeat of %s: state OK with reasons %s",
        instanceId,
        reasons);
    Checks.within(counter, 0, Long.MAX_VALUE, "alive counter");
    requireNonNull(lastFrame, "lastFrame");
    requireNonNull(frameAge, "frameAge");
    requireNonNull(counts, "counts");
    Checks.idOrEmpty(provider, "provider");
    Checks.digestOrEmpty(bundleDigest, "bundle digest");
    Checks.micros(sentMicros, "sending time");
  }
}
