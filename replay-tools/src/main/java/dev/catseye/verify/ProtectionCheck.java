package dev.catseye.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * E1: alarms are sealed and count up by one per camera; a camera that was forgotten begins again at
 * 1. E2: health is sealed, and its alive counter moves by exactly the masks it counts.
 */
final class ProtectionCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    findings.checked(Promise.E1, history.alarms().size());
    findings.checked(Promise.E2, history.health().size());
    history.alarms().stream()
        .filter(record -> record.sound().isEmpty())
        .forEach(
            record ->
                findings.violation(Promise.E1, record.place(), String.join("; ", record.faults())));
    history.health().stream()
        .filter(record -> record.sound().isEmpty())
        .forEach(
            record ->
                findings.violation(Promise.E2, record.place(), String.join("; ", record.faults())));
    judgeAlarms(history, findings);
    judgeHealth(history, findings);
  }

  private static void judgeAlarms(History history, Findings findings) {
    boolean complete = history.complete(history.topics().alarms());
    boolean sound = history.alarms().stream().allMatch(record -> record.sound().isPresent());
    if (!sound) {
      return; // a damaged record is told already; its counter may be the one that is missing
    }
    Map<String, SeenAlarm> latest = new HashMap<>();
    for (SeenAlarm record : history.soundAlarms()) {
      SeenAlarm.Facts alarm = record.sound().orElseThrow();
      Optional<SeenAlarm> last = Optional.ofNullable(latest.put(alarm.camera(), record));
      boolean told =
          findings.isBlamed(record.place())
              || last.filter(other -> findings.isBlamed(other.place())).isPresent();
      Optional<Long> before = last.flatMap(SeenAlarm::sound).map(SeenAlarm.Facts::counter);
      boolean follows =
          alarm.counter() == 1
              ? before.isEmpty() || alarm.is("RAISED")
              : before.map(counter -> alarm.counter() == counter + 1).orElse(!complete);
      if (!follows && !told) {
        findings.violation(
            Promise.E1,
            record.place(),
            "alarm counter %d of camera %s after %s"
                .formatted(
                    alarm.counter(), alarm.camera(), before.map(String::valueOf).orElse("none")));
      }
    }
  }

  private static void judgeHealth(History history, Findings findings) {
    boolean complete = history.complete(history.topics().health());
    boolean sound = history.health().stream().allMatch(record -> record.sound().isPresent());
    if (!sound) {
      return;
    }
    Map<String, Long> counters = new HashMap<>();
    for (SeenHealth record : history.soundHealth()) {
      SeenHealth.Facts health = record.sound().orElseThrow();
      Optional<Long> before = Optional.ofNullable(counters.put(health.camera(), health.counter()));
      boolean anew = health.counter() == health.counts().all() && (before.isPresent() || complete);
      boolean follows =
          before.map(last -> health.counter() - last == health.counts().all()).orElse(!complete);
      if (!anew && !follows) {
        findings.violation(
            Promise.E2,
            record.place(),
            "alive counter %d of camera %s after %s, with %d masks between"
                .formatted(
                    health.counter(),
                    health.camera(),
                    before.map(String::valueOf).orElse("none"),
                    health.counts().all()));
      }
    }
  }
}
