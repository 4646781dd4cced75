package dev.catseye.evaluate;

import dev.catseye.image.FloatPlane;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.tools.ToolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Scores masks against ground truth, mask by mask. Not thread-safe. */
final class MaskJoin {
  private static final int EXAMPLES = 20;

  private final GroundTruths truths;
  private final Optional<String> plan;
  private final Evaluation evaluation;
  private final Set<FrameKey> scored = new HashSet<>();
  private final Map<FrameKey, Mask> refused = new HashMap<>();
  private final TreeSet<String> plans = new TreeSet<>();
  private final TreeSet<String> bundles = new TreeSet<>();
  private int withoutTruth;
  private int repeated;
  private int otherPlans;
  private int unreadable;

  /**
   * @param plan the plan whose masks count; empty where there is only one
   */
  MaskJoin(GroundTruths truths, Optional<String> plan, Evaluation evaluation) {
    this.truths = truths;
    this.plan = plan;
    this.evaluation = evaluation;
  }

  /**
   * Takes the next mask; of two of one frame the first counts.
   *
   * @throws ToolException if masks of several plans lie there and no plan was named
   */
  void add(Mask mask) {
    if (mask.frame().isEmpty()) {
      return; // not one of the labelled frames as far as anybody can know; they will be missing
    }
    FrameKey frame = FrameKey.of(mask.frame().get());
    if (mask.outcome() != Outcome.DETECTED) {
      refused.putIfAbsent(frame, mask);
    } else if (plan.isPresent() && !plan.get().equals(mask.plan())) {
      otherPlans++;
    } else if (!truths.has(frame)) {
      withoutTruth++;
    } else if (scored.contains(frame)) {
      repeated++;
    } else {
      score(frame, mask);
    }
  }

  /** Counts a mask that is no readable record; its frame will be missing. */
  void addUnreadable() {
    unreadable++;
  }

  private void score(FrameKey frame, Mask mask) {
    plans.add(mask.plan());
    if (plans.size() > 1) {
      throw new ToolException(
          "masks hold the plans %s; name one with --plan".formatted(String.join(", ", plans)));
    }
    bundles.add(mask.bundleDigest());
    GroundTruths.Labels labels = truths.of(frame).orElseThrow();
    evaluation.add(
        frame.toString(), scores(mask.scoreMap().orElseThrow()), labels.plane(), labels.meaning());
    scored.add(frame);
  }

  /** Score = sample / (2^bits - 1). */
  private static FloatPlane scores(ScoreMap map) {
    ByteBuffer samples = ByteBuffer.wrap(map.decode()); // 16-bit samples are big-endian
    float[] scores = new float[map.width() * map.height()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          map.bits() == 8
              ? Byte.toUnsignedInt(samples.get()) / 255f
              : Short.toUnsignedInt(samples.getShort()) / 65_535f;
    }
    return FloatPlane.owning(map.width(), map.height(), scores);
  }

  /** All masks taken: what came of them. */
  TopicEvaluation end() {
    Map<String, Integer> lost = new TreeMap<>();
    List<String> examples = new ArrayList<>();
    int missing = 0;
    for (FrameKey frame : truths.frames()) {
      if (!scored.contains(frame)) {
        Mask mask = refused.get(frame);
        missing += mask == null ? 1 : 0;
        if (mask != null) {
          lost.merge(mask.outcome().name(), 1, Integer::sum);
        }
        if (mask == null || mask.outcome() != Outcome.SHED) { // shed ones are many and all alike
          examples.add(frame + " " + (mask == null ? "missing" : words(mask)));
        }
      }
    }
    return new TopicEvaluation(
        evaluation.result(),
        truths.frames().size(),
        missing,
        lost,
        examples.stream().limit(EXAMPLES).toList(),
        withoutTruth,
        repeated,
        otherPlans,
        unreadable,
        plans,
        bundles,
        truths.views());
  }

  private static String words(Mask mask) {
    return "%s %s %s".formatted(mask.outcome(), mask.reason(), mask.detail()).strip();
  }
}
