package dev.catseye.verify;

import java.util.List;
import java.util.Map;

/**
 * The end of a check.
 *
 * @param word the verdict in one word
 * @param census what was there
 * @param checked how many things were compared with what each promise says; absent for none
 * @param violations how often each promise was broken; promises that held are absent
 * @param examples the first violations of each broken promise
 * @param doubts premises that failed; what is promised cannot be proven where there are any
 */
public record Verdict(
    Word word,
    Census census,
    Map<Promise, Long> checked,
    Map<Promise, Long> violations,
    List<Violation> examples,
    List<String> doubts) {

  /** PASS: every promise held. FAIL: one was broken. UNKNOWN: none was seen broken, but. */
  public enum Word {
    PASS,
    FAIL,
    UNKNOWN
  }
}
