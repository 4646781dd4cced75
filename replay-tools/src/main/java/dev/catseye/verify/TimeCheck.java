package dev.catseye.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * T1: the times of what one instance wrote never run back: of masks on one partition, of alarms and
 * of health of one camera, and of heartbeats. Each place is compared with the one before it only.
 */
final class TimeCheck implements Check {
  /** By so much a clock that is being set may step back. */
  private static final long STEP_MICROS = 50_000;

  private final Map<List<Object>, Long> latest = new HashMap<>();

  @Override
  public void judge(History history, Findings findings) {
    latest.clear();
    for (SeenMask mask : history.masks()) {
      mask.sound()
          .ifPresent(
              facts ->
                  judge(
                      mask.place(),
                      List.of("masks", mask.place().partition(), facts.maker().instance()),
                      facts.processed(),
                      findings));
    }
    for (SeenAlarm record : history.soundAlarms()) {
      SeenAlarm.Facts alarm = record.sound().orElseThrow();
      List<Object> line = List.of("alarms", alarm.camera(), alarm.instance());
      judge(record.place(), line, alarm.decided(), findings);
    }
    for (SeenHealth record : history.soundHealth()) {
      SeenHealth.Facts health = record.sound().orElseThrow();
      List<Object> line = List.of("health", health.camera(), health.instance());
      judge(record.place(), line, health.decided(), findings);
    }
    for (SeenBeat record : history.beats()) {
      record
          .sound()
          .ifPresent(
              beat ->
                  judge(
                      record.place(),
                      List.of("heartbeats", beat.instance()),
                      beat.sent(),
                      findings));
    }
  }

  private void judge(Place place, List<Object> line, long micros, Findings findings) {
    if (findings.isBlamed(place)) {
      return; // told already; its time is no measure for the next one
    }
    findings.checked(Promise.T1, 1);
    Long before = latest.get(line);
    if (before != null && micros < before - STEP_MICROS) {
      findings.violation(
          Promise.T1,
          place,
          "decided %d ms before the record that stands before it"
              .formatted((before - micros) / 1000));
    } else {
      latest.put(line, micros);
    }
  }
}
