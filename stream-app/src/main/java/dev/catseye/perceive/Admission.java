package dev.catseye.perceive;

import dev.catseye.perceive.Passage.Admitted;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.RecordException;
import java.util.Optional;

/**
 * Decides, before pixels are touched, whether a record is a frame to work on: readable, unchanged
 * on the way, of the camera that its key names, new, and worth the time. Shared by all stream
 * threads.
 */
final class Admission {
  private final long maxFrameBytes;
  private final Optional<NewestWins> newestWins;
  private final MaskMaker masks;

  /**
   * Admits records of up to {@code maxFrameBytes} bytes.
   *
   * @param newestWins which frames are given up for newer ones; empty when none is
   */
  Admission(long maxFrameBytes, Optional<NewestWins> newestWins, MaskMaker masks) {
    this.maxFrameBytes = maxFrameBytes;
    this.newestWins = newestWins;
    this.masks = masks;
  }

  /** Judges one record; only reads {@code cameras}. */
  Passage judge(Arrival arrival, CameraMemory cameras) {
    Stopwatch watch = new Stopwatch();
    int size = arrival.bytes().length;
    if (size > maxFrameBytes) {
      String detail = size + " bytes, at most " + maxFrameBytes + " are parsed";
      return masks.unreadable(arrival, Reason.TOO_LARGE, detail, watch.micros());
    }
    Frame frame;
    try {
      frame = Frames.read(arrival.bytes());
    } catch (RecordException e) {
      return masks.unreadable(arrival, e.reason(), e.getMessage(), watch.micros());
    }
    if (!frame.checksumHolds()) {
      String detail = named(frame) + "checksum does not fit identity and payload";
      return masks.rejected(arrival, frame, Reason.CHECKSUM, detail, watch.micros());
    }
    Optional<SeenFrames> seen = cameras.of(frame.id().cameraId());
    Optional<String> stranger =
        disagreement(arrival, frame)
            .or(
                () ->
                    seen.isEmpty() ? cameras.refusal(arrival.appendedMillis()) : Optional.empty());
    if (stranger.isPresent()) {
      String detail = named(frame) + stranger.get();
      return masks.rejected(arrival, frame, Reason.IDENTITY, detail, watch.micros());
    }
    return judgeOrder(new Admitted(arrival, frame, sight(arrival, frame, seen), watch.micros()));
  }

  /** What key or headers of the record say that the frame does not. */
  private static Optional<String> disagreement(Arrival arrival, Frame frame) {
    if (!frame.id().cameraId().equals(arrival.key())) {
      return Optional.of("record key is '" + arrival.key() + "', expected the camera");
    }
    return arrival
        .headers()
        .map(FrameHeaders::id)
        .filter(id -> !id.equals(frame.id()))
        .map(id -> "its headers speak of frame " + id + " captured at " + id.captureMicros());
  }

  private static Sighting sight(Arrival arrival, Frame frame, Optional<SeenFrames> seen) {
    FrameId id = frame.id();
    long appended = arrival.firstAppendedMillis();
    return seen.map(
            memory ->
                arrival.isRedriven() ? memory.sightAgain(id, appended) : memory.sight(id, appended))
        .orElseGet(() -> SeenFrames.first(id, appended));
  }

  private Passage judgeOrder(Admitted admitted) {
    return switch (admitted.sighting().verdict()) {
      case DUPLICATE -> masks.old(admitted, Outcome.DUPLICATE);
      case LATE -> masks.old(admitted, Outcome.LATE);
      case NEW, OVERTAKEN -> judgeAge(admitted);
    };
  }

  private Passage judgeAge(Admitted admitted) {
    return newestWins
        .flatMap(rule -> rule.staleness(admitted.arrival(), admitted.frame(), admitted.sighting()))
        .<Passage>map(why -> masks.shed(admitted, why))
        .orElse(admitted);
  }

  private static String named(Frame frame) {
    return "frame " + frame.id() + ": ";
  }
}
