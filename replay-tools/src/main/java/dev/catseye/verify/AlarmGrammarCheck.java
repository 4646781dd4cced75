package dev.catseye.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * C1: an alarm begins with RAISED, goes on with UPDATED and SUSPENDED, and ends with at most one
 * CLEARED; two open alarms are never about one region.
 */
final class AlarmGrammarCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    boolean complete =
        history.complete(history.topics().alarms())
            && history.soundAlarms().size() == history.alarms().size();
    Map<String, List<SeenAlarm>> words = new HashMap<>();
    Map<List<Object>, String> shown = new HashMap<>();
    for (SeenAlarm record : history.soundAlarms()) {
      findings.checked(Promise.C1, 1);
      SeenAlarm.Facts alarm = record.sound().orElseThrow();
      List<SeenAlarm> word = words.computeIfAbsent(alarm.alarm(), id -> new ArrayList<>());
      if (complete || !word.isEmpty()) {
        judgeStep(word, record, findings);
      }
      word.add(record);
      if (alarm.shows()) {
        String other =
            shown.putIfAbsent(List.of(alarm.camera(), alarm.last(), box(alarm)), alarm.alarm());
        if (other != null && !other.equals(alarm.alarm())) {
          findings.violation(
              Promise.C1,
              record.place(),
              "alarm %s is about the region of alarm %s".formatted(alarm.alarm(), other));
        }
      }
    }
  }

  private static void judgeStep(List<SeenAlarm> word, SeenAlarm record, Findings findings) {
    SeenAlarm.Facts alarm = record.sound().orElseThrow();
    Set<String> before = new HashSet<>();
    word.forEach(step -> before.add(step.sound().orElseThrow().state()));
    boolean fits =
        alarm.is("RAISED") ? before.isEmpty() : !before.isEmpty() && !before.contains("CLEARED");
    if (!fits) {
      findings.violation(
          Promise.C1,
          record.place(),
          "alarm %s: %s %s"
              .formatted(
                  alarm.alarm(),
                  alarm.state(),
                  before.isEmpty()
                      ? "without RAISED"
                      : before.contains("CLEARED") ? "after CLEARED" : "while it is open"));
    }
  }

  private static List<Long> box(SeenAlarm.Facts alarm) {
    SeenMask.Region region = alarm.region();
    return List.of(region.x(), region.y(), region.width(), region.height());
  }
}
