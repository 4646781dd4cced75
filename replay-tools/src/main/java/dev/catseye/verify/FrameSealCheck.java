package dev.catseye.verify;

import java.util.Optional;
import java.util.OptionalLong;

/** D1: what was DETECTED was sound, and what was REJECTED for its checksum was not. */
final class FrameSealCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    for (SeenMask mask : history.agreeing()) {
      findings.checked(Promise.D1, 1);
      mask.sound()
          .flatMap(facts -> breach(facts, history.frames().get(facts.origin())))
          .ifPresent(text -> findings.violation(Promise.D1, mask.place(), text));
    }
  }

  private static Optional<String> breach(SeenMask.Facts mask, SeenFrame frame) {
    if (frame == null) {
      return Optional.empty(); // deleted, and the premises say so
    }
    if (mask.detected()) {
      return frame
          .facts()
          .map(facts -> detectedBreach(mask, facts))
          .orElse(Optional.of("DETECTED, but %s cannot be read".formatted(frame.place())));
    }
    boolean refusedSound =
        mask.reason().equals("CHECKSUM")
            && frame.facts().map(SeenFrame.Facts::sealHolds).orElse(false);
    return refusedSound
        ? Optional.of("refused for its checksum, but that of %s holds".formatted(frame.place()))
        : Optional.empty();
  }

  private static Optional<String> detectedBreach(SeenMask.Facts mask, SeenFrame.Facts frame) {
    if (!frame.sealHolds()) {
      return Optional.of("DETECTED, but the checksum of %s is wrong".formatted(mask.origin()));
    }
    OptionalLong seen = mask.picture().crc();
    OptionalLong sent = frame.payloadCrc();
    if (sent.isPresent() && !seen.equals(sent)) {
      return Optional.of(
          "payload checksum %s, on frames %08x"
              .formatted(
                  seen.isPresent() ? "%08x".formatted(seen.getAsLong()) : "missing",
                  sent.getAsLong()));
    }
    return Optional.empty();
  }
}
