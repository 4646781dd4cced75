package dev.catseye.verify;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * B3: outcomes of one partition of frames stand on one partition of masks, in the order of the
 * frames. A second outcome of one frame is a matter of B1 and passed over here.
 */
final class OrderCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    judgeOffsets(history.agreeing(), findings);
    judgePartitions(history.agreeing(), findings);
  }

  private static void judgeOffsets(List<SeenMask> masks, Findings findings) {
    Map<List<Integer>, Place> latest = new HashMap<>();
    Set<Place> seen = new HashSet<>();
    for (SeenMask mask : masks) {
      Place origin = mask.sound().orElseThrow().origin();
      findings.checked(Promise.B3, 1);
      if (!seen.add(origin)) {
        continue;
      }
      List<Integer> lane = List.of(mask.place().partition(), origin.partition());
      Place before = latest.get(lane);
      if (before != null && origin.offset() < before.offset()) {
        findings.violation(
            Promise.B3, mask.place(), "outcome of %s after that of %s".formatted(origin, before));
      } else {
        latest.put(lane, origin);
      }
    }
  }

  private static void judgePartitions(List<SeenMask> masks, Findings findings) {
    Map<Integer, Map<Integer, Long>> partitions =
        masks.stream()
            .collect(
                groupingBy(
                    OrderCheck::framesPartition,
                    groupingBy(mask -> mask.place().partition(), counting())));
    for (SeenMask mask : masks) {
      int home = home(partitions.get(framesPartition(mask)));
      if (mask.place().partition() != home) {
        findings.violation(
            Promise.B3,
            mask.place(),
            "outcome of %s; others of its partition stand on %s-%d"
                .formatted(mask.sound().orElseThrow().origin(), mask.place().topic(), home));
      }
    }
  }

  private static int framesPartition(SeenMask mask) {
    return mask.sound().orElseThrow().origin().partition();
  }

  /** The partition that most outcomes stand on; of equal ones the lowest. */
  private static int home(Map<Integer, Long> counts) {
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Integer, Long>comparingByValue()
                .thenComparing(Map.Entry.<Integer, Long>comparingByKey().reversed()))
        .orElseThrow()
        .getKey();
  }
}
