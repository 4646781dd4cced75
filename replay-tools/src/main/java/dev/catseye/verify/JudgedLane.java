package dev.catseye.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What judge made of one camera: its masks in the order in which judge read them, and the alarms
 * and the health records that it wrote. Immutable.
 *
 * @param masks as judge counts them, from the first one whose frame could be read
 * @param settled masks below this offset were judged when reading began, and all that follows from
 *     them was written
 */
record JudgedLane(
    String camera,
    List<SeenMask> masks,
    List<SeenAlarm> alarms,
    List<SeenHealth> health,
    long settled) {
  private static final int MOST_CAMERAS = 64; // of one partition; health.most-cameras

  /**
   * The cameras whose masks can be judged again: all of them are there, and nothing was told yet of
   * the partition's masks. What a fault in a mask leads to is not told as well.
   */
  static List<JudgedLane> of(History history, Findings findings) {
    TopicNames topics = history.topics();
    if (!history.complete(topics.masks())) {
      return List.of();
    }
    Map<String, List<SeenAlarm>> alarms =
        history.soundAlarms().stream()
            .collect(Collectors.groupingBy(record -> record.sound().orElseThrow().camera()));
    Map<String, List<SeenHealth>> health =
        history.soundHealth().stream()
            .collect(Collectors.groupingBy(record -> record.sound().orElseThrow().camera()));
    List<JudgedLane> lanes = new ArrayList<>();
    history
        .judged()
        .forEach(
            (partition, settled) -> {
              boolean blamed =
                  findings.isBlamed(topics.masks(), partition)
                      || findings.isBlamed(topics.frames(), partition);
              if (!blamed) {
                Map<String, List<SeenMask>> cameras = masksByCamera(history, partition);
                if (cameras.size() > MOST_CAMERAS) {
                  return; // which of them judge had room for is not known
                }
                cameras.forEach(
                    (camera, masks) ->
                        lanes.add(
                            new JudgedLane(
                                camera,
                                masks,
                                alarms.getOrDefault(camera, List.of()),
                                health.getOrDefault(camera, List.of()),
                                settled)));
              }
            });
    return lanes;
  }

  private static Map<String, List<SeenMask>> masksByCamera(History history, int partition) {
    Map<String, List<SeenMask>> cameras = new LinkedHashMap<>();
    for (SeenMask mask : history.masks()) {
      if (mask.place().partition() == partition && mask.sound().isPresent()) {
        SeenMask.Facts facts = mask.sound().get();
        boolean first = facts.identity().isPresent() && !facts.past();
        if (first) {
          cameras.computeIfAbsent(facts.camera(), camera -> new ArrayList<>());
        }
        List<SeenMask> known = cameras.get(facts.camera());
        if (known != null) {
          known.add(mask);
        }
      }
    }
    return cameras;
  }
}
