package dev.catseye.perceive;

import dev.catseye.detect.AnomalyDetector;
import dev.catseye.metrics.Meters;
import dev.catseye.metrics.WorkLog;
import dev.catseye.payload.PayloadStore;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What perceive is made of.
 *
 * @param config limits and thresholds
 * @param model what answers, as masks say it
 * @param detector scores pictures, of several threads at once; borrowed, the application closes it
 * @param golden asked when the detector fails
 * @param payloads where payloads lie that frames only refer to
 * @param shedding present when frames may be given up for newer ones
 * @param meters counts
 * @param work told of each outcome
 * @param nowMicros wall clock, microseconds since 1970-01-01 UTC
 * @param instanceId this instance, 1 to 200 characters
 */
public record PerceiveSetup(
    PerceiveConfig config,
    Model model,
    AnomalyDetector detector,
    GoldenCheck golden,
    PayloadStore payloads,
    Optional<Shedding> shedding,
    Meters meters,
    WorkLog work,
    LongSupplier nowMicros,
    String instanceId) {}
