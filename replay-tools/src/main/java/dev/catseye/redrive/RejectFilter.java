package dev.catseye.redrive;

import dev.catseye.schemas.Frame;
import dev.catseye.schemas.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which dead letters are meant: those that every part names. A part that is empty names all.
 *
 * @param reasons kinds of failure
 * @param stages stages that refused: admit, decode, detect
 * @param cameras cameras
 * @param drives drives; a frame that cannot be read is of none
 * @param bundles bundles that were in use, by the first digits of their digests
 * @param since refused then or later
 * @param until refused before that
 */
public record RejectFilter(
    Set<Reason> reasons,
    Set<String> stages,
    Set<String> cameras,
    Set<String> drives,
    Set<String> bundles,
    Optional<Instant> since,
    Optional<Instant> until) {
  /** All of them. */
  public static final RejectFilter ALL =
      new RejectFilter(
          Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty());

  public RejectFilter {
    reasons = Set.copyOf(reasons);
    stages = Set.copyOf(stages);
    cameras = Set.copyOf(cameras);
    drives = Set.copyOf(drives);
    bundles = Set.copyOf(bundles);
  }

  boolean names(DeadLetter letter) {
    return names(reasons, letter.refusal().reason())
        && names(stages, letter.refusal().stage())
        && names(cameras, letter.camera())
        && (drives.isEmpty()
            || letter.frame().map(Frame::driveId).filter(drives::contains).isPresent())
        && (bundles.isEmpty()
            || bundles.stream().anyMatch(letter.refusal().bundleDigest()::startsWith))
        && since.filter(letter.refusedAt()::isBefore).isEmpty()
        && until.filter(end -> !letter.refusedAt().isBefore(end)).isEmpty();
  }

  private static <T> boolean names(Set<T> part, T value) {
    return part.isEmpty() || part.contains(value);
  }
}
