package dev.catseye.verify;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the service of a run was set up for, as far as its records follow from it. No topic tells
 * it, so it is stated; what is not stated is the service's default. Immutable.
 *
 * @param profile what mattered
 * @param bundles digests of the bundles that may have run; empty: the one that most masks name
 * @param providers execution providers that may have run; empty: the one that most masks name
 * @param overdue age at which a mask is marked as overdue
 * @param maps how regions follow from score maps
 * @param alarms how alarms follow from masks
 * @param framePeriod time between two frames of a camera; empty when the service measured it
 * @param overdueMatters whether overdue masks keep a camera from being OK
 * @param accelerated whether masks were to be computed on an accelerator, not on the CPU
 */
public record RunSettings(
    RunProfile profile,
    Set<String> bundles,
    Set<String> providers,
    Duration overdue,
    MapRule maps,
    AlarmRule alarms,
    Optional<Duration> framePeriod,
    boolean overdueMatters,
    boolean accelerated) {

  public RunSettings {
    bundles = Set.copyOf(bundles);
    providers = Set.copyOf(providers);
  }

  /** The service's defaults in a profile. */
  public static RunSettings of(RunProfile profile) {
    return of(profile, Map.of());
  }

  /**
   * From the keys of the service's own settings file; others than those that records follow from
   * are passed over.
   *
   * @param service values by key
   * @throws IllegalArgumentException if a value cannot be read
   */
  public static RunSettings of(RunProfile profile, Map<String, String> service) {
    ServiceSettings settings = new ServiceSettings(service);
    return new RunSettings(
        profile,
        Set.of(),
        Set.of(),
        settings.duration("frame.overdue", Duration.ofSeconds(1)),
        new MapRule(settings.whole("region.min-area-px", 16), settings.whole("region.max", 256)),
        AlarmRule.of(settings),
        settings.optionalDuration("health.frame-period"),
        settings.flag("health.overdue-matters", profile == RunProfile.LIVE),
        !settings.text("provider").orElse("cpu").equals("cpu"));
  }

  /** The same with other makers of masks; empty sets for the ones that most masks name. */
  public RunSettings madeBy(Set<String> otherBundles, Set<String> otherProviders) {
    return new RunSettings(
        profile,
        otherBundles,
        otherProviders,
        overdue,
        maps,
        alarms,
        framePeriod,
        overdueMatters,
        accelerated);
  }
}
