package dev.catseye.chaos;

import java.util.OptionalLong;

/**
 * A fault with what came of it.
 *
 * @param inflicted what was done
 * @param bit whether it did harm; only then it counts
 * @param evidence how that is known
 * @param silenceMillis from the beginning of the fault to the first answer for each camera that it
 *     hit, the longest; empty where it hits none or one has no answer
 */
record Trial(Inflicted inflicted, boolean bit, String evidence, OptionalLong silenceMillis) {
  FaultKind kind() {
    return inflicted.fault().kind();
  }
}
