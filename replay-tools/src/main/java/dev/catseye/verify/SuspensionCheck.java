package dev.catseye.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** C5: when a camera is told to see nothing, its open alarms are told to be suspended. */
final class SuspensionCheck implements Check {
  private static final long GRACE_MICROS = 250_000;

  @Override
  public void judge(History history, Findings findings) {
    Map<String, Map<String, List<SeenAlarm>>> alarms = new LinkedHashMap<>();
    for (SeenAlarm record : history.soundAlarms()) {
      SeenAlarm.Facts alarm = record.sound().orElseThrow();
      alarms
          .computeIfAbsent(alarm.camera(), camera -> new LinkedHashMap<>())
          .computeIfAbsent(alarm.alarm(), id -> new ArrayList<>())
          .add(record);
    }
    for (SeenHealth record : history.soundHealth()) {
      SeenHealth.Facts health = record.sound().orElseThrow();
      if (health.seesNothing()) {
        findings.checked(Promise.C5, 1);
        alarms.getOrDefault(health.camera(), Map.of()).values().stream()
            .filter(steps -> steps.stream().noneMatch(step -> findings.isBlamed(step.place())))
            .flatMap(steps -> unsuspended(steps, health.decided()).stream())
            .findFirst() // of one blindness the first alarm stands for all
            .ifPresent(
                step -> {
                  findings.violation(
                      Promise.C5,
                      record.place(),
                      "BLIND, but alarm %s is open and not suspended"
                          .formatted(step.sound().orElseThrow().alarm()));
                  findings.blame(step.place());
                });
      }
    }
  }

  /** The step of an open alarm that SUSPENDED should follow, and does not. */
  private static Optional<SeenAlarm> unsuspended(List<SeenAlarm> steps, long blindMicros) {
    int told = -1; // the last step told when the camera went blind
    while (told + 1 < steps.size() && facts(steps, told + 1).decided() <= blindMicros) {
      told++;
    }
    if (told < 0 || !facts(steps, told).shows()) {
      return Optional.empty();
    }
    boolean follows =
        told + 1 < steps.size()
            && facts(steps, told + 1).is("SUSPENDED")
            && facts(steps, told + 1).decided() <= blindMicros + GRACE_MICROS;
    return follows ? Optional.empty() : Optional.of(steps.get(told));
  }

  private static SeenAlarm.Facts facts(List<SeenAlarm> steps, int index) {
    return steps.get(index).sound().orElseThrow();
  }
}
