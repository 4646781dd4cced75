package dev.catseye.judge;

import dev.catseye.metrics.Meters;
import dev.catseye.metrics.WorkLog;
import java.util.function.LongSupplier;

/**
 * What judge is made of.
 *
 * @param alarms which regions become alarms
 * @param health when a camera counts as blind
 * @param framesEnd where topic frames ends
 * @param meters counts
 * @param work told of each mask
 * @param nowMicros wall clock, microseconds since 1970-01-01 UTC
 * @param instanceId this instance, 1 to 200 characters
 */
public record JudgeSetup(
    AlarmConfig alarms,
    HealthConfig health,
    FramesEnd framesEnd,
    Meters meters,
    WorkLog work,
    LongSupplier nowMicros,
    String instanceId) {}
