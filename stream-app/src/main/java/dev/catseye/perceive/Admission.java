package dev.catseye.perceive;

import dev.catseye.perceive.Passage.Admitted;
import dev.catseye.schemas.Content;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.RecordException;
import dev.catseye.schemas.ReferenceContent;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides, before pixels are touched, whether a record is a frame to work on: readable, unchanged
 * on the way, of the camera that its key names, and new.
 */
final class Admission {
  private final long maxFrameBytes;
  private final MaskMaker masks;

  Admission(long maxFrameBytes, MaskMaker masks) {
    this.maxFrameBytes = maxFrameBytes;
    this.masks = masks;
  }

  /**
   * Judges one record.
   *
   * @param seen memory of a camera; empty for one that was never seen
   */
  Passage judge(Arrival arrival, Function<String, Optional<SeenFrames>> seen) {
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
    boolean intact = frame.checksumHolds();
    Admitted admitted = new Admitted(arrival, frame, watch.micros());
    if (!intact) {
      return masks.rejected(
          admitted, Reason.CHECKSUM, named(frame) + "checksum does not fit identity and payload");
    }
    if (!frame.id().cameraId().equals(arrival.key())) {
      return masks.rejected(
          admitted,
          Reason.IDENTITY,
          named(frame) + "record key is '" + arrival.key() + "', expected the camera");
    }
    return judgeOrder(admitted, seen.apply(frame.id().cameraId()));
  }

  private Passage judgeOrder(Admitted admitted, Optional<SeenFrames> seen) {
    Frame frame = admitted.frame();
    SeenFrames.Verdict verdict =
        seen.map(memory -> memory.verdict(frame.id())).orElse(SeenFrames.Verdict.NEW);
    return switch (verdict) {
      case DUPLICATE -> masks.old(admitted, Outcome.DUPLICATE);
      case LATE -> masks.old(admitted, Outcome.LATE);
      case NEW -> judgeContent(admitted, frame.content());
    };
  }

  private Passage judgeContent(Admitted admitted, Content content) {
    if (content instanceof ReferenceContent reference) {
      return masks.rejected(
          admitted,
          Reason.REFERENCE,
          named(admitted.frame())
              + "payload lies at "
              + reference.uri()
              + "; only inline payloads are read");
    }
    return admitted;
  }

  private static String named(Frame frame) {
    return "frame " + frame.id() + ": ";
  }
}
