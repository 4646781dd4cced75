package dev.catseye.verify;

import java.util.Optional;
import java.util.function.Predicate;

/** B2: each outcome names a record that is there, and says the same of it as the record itself. */
final class IdentityCheck implements Check {
  private static final int MAX_KEY = 4096; // Mask.avsc, record_key

  @Override
  public void judge(History history, Findings findings) {
    for (SeenMask mask : history.masks()) {
      findings.checked(Promise.B2, 1);
      mask.sound()
          .flatMap(facts -> disagreement(history, facts).or(() -> foreignKey(mask.key(), facts)))
          .ifPresent(text -> findings.violation(Promise.B2, mask.place(), text));
    }
  }

  /** What a sound mask says that its frame does not; empty when they agree. */
  static Optional<String> disagreement(History history, SeenMask.Facts mask) {
    Place origin = mask.origin();
    if (history.deleted(origin)) {
      return Optional.empty(); // a premise is missing, and the premises say so
    }
    SeenFrame frame = history.frames().get(origin);
    if (frame == null) {
      return Optional.of("ghost: there is no record " + origin);
    }
    if (!sameKey(mask.recordKey(), frame.key())) {
      return differs("record key", mask.recordKey(), frame.key());
    }
    if (mask.identity().isEmpty() && !mask.rejected()) {
      return Optional.of(mask.outcome() + " without identity of its frame " + origin);
    }
    return frame.facts().flatMap(facts -> disagreement(mask, facts));
  }

  private static Optional<String> disagreement(SeenMask.Facts mask, SeenFrame.Facts frame) {
    Optional<Identity> other = mask.identity().filter(Predicate.not(frame.identity()::equals));
    if (other.isPresent()) {
      return differs("frame", other.get().toString(), frame.identity().toString());
    }
    if (mask.identity().isPresent() && !mask.drive().equals(frame.drive())) {
      return differs("drive", mask.drive(), frame.drive());
    }
    if (mask.identity().isPresent()
        && (mask.frameWidth() != frame.width() || mask.frameHeight() != frame.height())) {
      return differs(
          "size",
          mask.frameWidth() + "x" + mask.frameHeight(),
          frame.width() + "x" + frame.height());
    }
    return Optional.empty();
  }

  /** A mask stands under the key of its frame. */
  private static Optional<String> foreignKey(String key, SeenMask.Facts mask) {
    return sameKey(mask.recordKey(), key)
        ? Optional.empty()
        : Optional.of(
            "stands under key '%s', its frame under '%s'".formatted(key, mask.recordKey()));
  }

  /** A mask carries a key up to its limit and cuts a longer one, never within a character. */
  private static boolean sameKey(String carried, String key) {
    return key.length() <= MAX_KEY
        ? carried.equals(key)
        : carried.length() >= MAX_KEY - 1 && key.startsWith(carried);
  }

  private static Optional<String> differs(String what, String mask, String frame) {
    return Optional.of("%s '%s', on frames '%s'".formatted(what, mask, frame));
  }
}
