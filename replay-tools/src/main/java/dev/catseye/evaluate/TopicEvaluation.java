package dev.catseye.evaluate;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * An evaluation of what lies on the topics, and how much of it could not be scored.
 *
 * @param result metrics of the frames that were scored
 * @param labelled frames with a record on ground-truth
 * @param missing labelled frames without any outcome on masks
 * @param lost labelled frames without a DETECTED mask, by the outcome they have instead
 * @param lostExamples the first of them that were not SHED, with outcome and reason, and of the
 *     missing ones
 * @param masksWithoutTruth DETECTED masks of frames that have no record on ground-truth
 * @param repeated further DETECTED masks of a frame that was scored already; the first one counts
 * @param otherPlans DETECTED masks of plans that were not asked for
 * @param unreadable records on masks that are no readable masks
 * @param plans plans of the scored masks
 * @param bundles bundle digests of the scored masks
 * @param views which readings of the labels the ground truth names
 */
public record TopicEvaluation(
    EvaluationResult result,
    int labelled,
    int missing,
    Map<String, Integer> lost,
    List<String> lostExamples,
    int masksWithoutTruth,
    int repeated,
    int otherPlans,
    int unreadable,
    SortedSet<String> plans,
    SortedSet<String> bundles,
    SortedSet<String> views) {

  /** Whether every labelled frame was scored. */
  public boolean complete() {
    return missing == 0 && lost.isEmpty();
  }
}
