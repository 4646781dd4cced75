package dev.catseye.metrics;

import dev.catseye.metrics.ProcessState.RoleState;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Meters of a state that is asked for at each scrape. Safe for several threads. */
final class ProcessMeters extends Collector {
  private static final List<String> ROLE = List.of("role");

  private final Supplier<ProcessState> state;
  private final AllocatedBytes allocated = new AllocatedBytes();

  ProcessMeters(Supplier<ProcessState> state) {
    this.state = state;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    ProcessState now = state.get();
    return List.of(
        gauge("catseye_live", "1 unless a restart would help.", now.live() ? 1 : 0),
        gauge(
            "catseye_ready",
            "1 while frames become masks, or would if there were any.",
            now.ready() ? 1 : 0),
        gauge(
            "catseye_broker_silence_seconds",
            "Time since a broker answered last.",
            now.brokerSilenceSeconds()),
        new CounterMetricFamily(
            "catseye_jvm_allocated_bytes_total",
            "Bytes that Java threads allocated on the heap.",
            allocated.total()),
        counters(
            now, "catseye_role_polls_total", "Polls of a topology's threads.", RoleState::polls),
        counters(
            now,
            "catseye_role_commits_total",
            "Commits of a topology's threads.",
            RoleState::commits),
        gauges(
            now,
            "catseye_role_idle_seconds",
            "Time since the slowest thread of a topology polled.",
            RoleState::idleSeconds),
        gauges(
            now,
            "catseye_role_uncommitted_seconds",
            "Time for which work of a topology has been waiting for a commit.",
            RoleState::uncommittedSeconds),
        gauges(
            now,
            "catseye_role_lag_records",
            "Records on its input that a topology has not fetched.",
            RoleState::lagRecords));
  }

  private static MetricFamilySamples gauge(String name, String help, double value) {
    return new GaugeMetricFamily(name, help, value);
  }

  private static MetricFamilySamples gauges(
      ProcessState state, String name, String help, ToDoubleFunction<RoleState> value) {
    GaugeMetricFamily family = new GaugeMetricFamily(name, help, ROLE);
    state
        .roles()
        .forEach(each -> family.addMetric(List.of(each.role()), value.applyAsDouble(each)));
    return family;
  }

  private static MetricFamilySamples counters(
      ProcessState state, String name, String help, ToDoubleFunction<RoleState> value) {
    CounterMetricFamily family = new CounterMetricFamily(name, help, ROLE);
    state
        .roles()
        .forEach(each -> family.addMetric(List.of(each.role()), value.applyAsDouble(each)));
    return family;
  }
}
