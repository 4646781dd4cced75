package dev.catseye.chaos;

import dev.catseye.verify.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param config what was run
 * @param startMillis when cameras began to send, since 1970-01-01 UTC
 * @param seconds that faults were done for
 * @param trials faults in order
 * @param confirmed records that the brokers confirmed to cameras
 * @param unanswered of these, without an outcome at the end
 * @param spoiled of these, refused because inference failed although it had no reason to
 * @param lives processes of all instances
 * @param ownEnds how instances ended that nobody killed, one line each
 * @param verdict of the checker about the run
 * @param controls verdicts about copies that are wrong on purpose; a copy that could not be made is
 *     empty
 */
public record ChaosResult(
    ChaosConfig config,
    long startMillis,
    double seconds,
    List<Trial> trials,
    long confirmed,
    long unanswered,
    long spoiled,
    int lives,
    List<String> ownEnds,
    Verdict verdict,
    Map<Control, Optional<Verdict>> controls) {

  /** Faults that bit. */
  int bites() {
    return (int) trials.stream().filter(Trial::bit).count();
  }

  /** Records that were confirmed and are not there. */
  long gone() {
    return Math.max(0, confirmed - verdict.census().frames());
  }

  /** The verdict about run, cameras and checker together. */
  public Verdict.Word word() {
    if (verdict.word() == Verdict.Word.FAIL || gone() > 0 || spoiled > 0) {
      return Verdict.Word.FAIL;
    }
    return doubts().isEmpty() ? Verdict.Word.PASS : Verdict.Word.UNKNOWN;
  }

  /** Why a run without a broken promise proves nothing, one line each. */
  List<String> doubts() {
    List<String> doubts = new ArrayList<>(verdict.doubts());
    if (unanswered > 0) {
      doubts.add(unanswered + " frames were not answered before the run's patience ended");
    }
    if (bites() == 0) {
      doubts.add("no fault bit");
    }
    controls.forEach(
        (control, judged) -> {
          if (judged.isPresent() && judged.get().word() != Verdict.Word.FAIL) {
            doubts.add("control %s was not seen: %s".formatted(control, judged.get().word()));
          }
        });
    return doubts;
  }

  /**
   * The verdict about the copy of a control: FAIL, unless the checker is blind; UNKNOWN when this
   * run has nothing to make the copy of.
   */
  public Verdict.Word word(Control control) {
    return controls.get(control).map(Verdict::word).orElse(Verdict.Word.UNKNOWN);
  }
}
