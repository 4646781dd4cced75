package dev.catseye.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** C5: when a camera is told to see nothing, its open alarms are told to be suspended. */
final class SuspensionCheck implements Check {
  private static final long GRACE_MICROS = 250_000;

  @Override
  public void judge(History history, Findings findings) {
    Map<String, Map<String, List<SeenAlarm.Facts>>> alarms = new LinkedHashMap<>();
    for (SeenAlarm record : history.soundAlarms()) {
      SeenAlarm.Facts alarm = record.sound().orElseThrow();
      alarms
          .computeIfAbsent(alarm.camera(), camera -> new LinkedHashMap<>())
          .computeIfAbsent(alarm.alarm(), id -> new ArrayList<>())
          .add(alarm);
    }
    for (SeenHealth record : history.soundHealth()) {
      SeenHealth.Facts health = record.sound().orElseThrow();
      if (health.seesNothing()) {
        alarms.getOrDefault(health.camera(), Map.of()).values().stream()
            .filter(steps -> isOpenAndSilent(steps, health.decided()))
            .findFirst() // of one blindness the first alarm stands for all
            .ifPresent(
                steps ->
                    findings.violation(
                        Promise.C5,
                        record.place(),
                        "BLIND, but alarm %s is open and not suspended"
                            .formatted(steps.get(0).alarm())));
      }
    }
  }

  private static boolean isOpenAndSilent(List<SeenAlarm.Facts> steps, long blindMicros) {
    int told = -1; // the last step told when the camera went blind
    while (told + 1 < steps.size() && steps.get(told + 1).decided() <= blindMicros) {
      told++;
    }
    if (told < 0 || !steps.get(told).shows()) {
      return false;
    }
    boolean follows =
        told + 1 < steps.size()
            && steps.get(told + 1).is("SUSPENDED")
            && steps.get(told + 1).decided() <= blindMicros + GRACE_MICROS;
    return !follows;
  }
}
