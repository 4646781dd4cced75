package dev.catseye.judge;

import dev.catseye.config.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * When a camera counts as blind. Immutable; read once at start-up.
 *
 * @param period time between two health records of a camera when nothing changes
 * @param framePeriod time between two frames of a camera; empty to measure it
 * @param overdueMatters whether overdue masks keep a camera from being OK
 * @param forgetAfter silence after which a camera without open alarms is forgotten
 * @param mostCameras cameras of one partition that are judged; one more is refused and said
 * @param accelerated whether masks are to be computed on an accelerator, not on the CPU
 */
public record HealthConfig(
    Duration period,
    Optional<Duration> framePeriod,
    boolean overdueMatters,
    Duration forgetAfter,
    int mostCameras,
    boolean accelerated) {

  /**
   * Reads the settings below {@code health.}.
   *
   * @param period default of {@code health.period}
   * @param overdueMatters default of {@code health.overdue-matters}
   * @param accelerated whether masks are to be computed on an accelerator, not on the CPU
   */
  public static HealthConfig from(
      Settings settings, Duration period, boolean overdueMatters, boolean accelerated) {
    return new HealthConfig(
        settings
            .duration("health.period", period, "time between two health records of a camera")
            .byDefault("100 ms in live, 1 s in ledger")
            .between(Duration.ofMillis(50), Duration.ofSeconds(10)),
        settings
            .duration("health.frame-period", "time between two frames of a camera")
            .byDefault("measured")
            .betweenOrAbsent(Duration.ofMillis(1), Duration.ofHours(1)),
        settings
            .flag(
                "health.overdue-matters",
                overdueMatters,
                "overdue masks keep a camera from being OK")
            .byDefault("true in live, false in ledger")
            .any(),
        settings
            .duration(
                "health.forget-after",
                Duration.ofHours(24),
                "silence after which a camera without open alarms is forgotten")
            .between(Duration.ofMinutes(1), Duration.ofHours(24 * 365)),
        settings
            .integer("health.most-cameras", 64, "cameras of one partition that are judged")
            .between(1, 10_000),
        accelerated);
  }
}
