package dev.catseye.alarmlevel;

import dev.catseye.evaluate.FrameKey;
import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.Box;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The alarm records by episode and by the frame whose region they show. RAISED and UPDATED show a
 * region of their last frame; SUSPENDED and CLEARED repeat an older one and are no sighting. Used
 * by one thread.
 */
final class AlarmSteps {
  private final Optional<String> plan;
  private final Map<String, Episode> episodes = new LinkedHashMap<>();
  private final Map<FrameKey, List<Step>> byFrame = new HashMap<>();
  private int records;
  private int otherPlans;
  private int unreadable;

  /** A box that an episode shows in a frame. */
  record Step(Episode episode, Box box) {}

  /**
   * @param plan the plan whose alarms count; empty for all
   */
  AlarmSteps(Optional<String> plan) {
    this.plan = plan;
  }

  void add(Alarm alarm) {
    records++;
    if (plan.isPresent() && !plan.get().equals(alarm.plan())) {
      otherPlans++;
      return;
    }
    Episode episode = episodes.computeIfAbsent(alarm.alarmId(), id -> new Episode());
    if (alarm.state() == AlarmState.RAISED || alarm.state() == AlarmState.UPDATED) {
      FrameKey frame = FrameKey.of(alarm.lastFrame());
      episode.show(frame);
      byFrame.computeIfAbsent(frame, key -> new ArrayList<>()).add(new Step(episode, alarm.box()));
    }
  }

  /** Counts a record that is no readable alarm. */
  void addUnreadable() {
    unreadable++;
  }

  /** What is shown in a frame. */
  List<Step> of(FrameKey frame) {
    return byFrame.getOrDefault(frame, List.of());
  }

  Collection<Episode> episodes() {
    return episodes.values();
  }

  int records() {
    return records;
  }

  int otherPlans() {
    return otherPlans;
  }

  int unreadable() {
    return unreadable;
  }
}
