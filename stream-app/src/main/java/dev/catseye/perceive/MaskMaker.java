package dev.catseye.perceive;

import dev.catseye.perceive.Passage.Admitted;
import dev.catseye.perceive.Passage.Decoded;
import dev.catseye.perceive.Passage.Settled;
import dev.catseye.perceive.Passage.Stage;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.StageMicros;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Gives each frame its one outcome, signed by this instance. Thread-safe. */
final class MaskMaker {
  private final Model model;
  private final Duration overdue;
  private final LongSupplier nowMicros;
  private final String instanceId;

  private MaskMaker(Model model, Duration overdue, LongSupplier nowMicros, String instanceId) {
    this.model = model;
    this.overdue = overdue;
    this.nowMicros = nowMicros;
    this.instanceId = instanceId;
  }

  static MaskMaker of(PerceiveSetup setup) {
    return new MaskMaker(
        setup.model(), setup.config().overdue(), setup.nowMicros(), setup.instanceId());
  }

  /** The bytes are no frame. */
  Settled unreadable(Arrival arrival, Reason reason, String detail, long admitMicros) {
    MaskDraft draft =
        new MaskDraft(arrival, Outcome.REJECTED)
            .because(reason, detail)
            .stages(new StageMicros(admitMicros, 0, 0, 0, 0, 0));
    return settled(arrival, draft, Stage.ADMIT, Optional.empty());
  }

  /** A frame that must not be used although it can be read. */
  Settled rejected(Arrival arrival, Frame frame, Reason reason, String detail, long admitMicros) {
    return rejected(
        arrival, frame, Stage.ADMIT, new StageMicros(admitMicros, 0, 0, 0, 0, 0), reason, detail);
  }

  /** A frame whose payload is no picture as declared. */
  Settled undecodable(Admitted frame, Reason reason, String detail, long decodeMicros) {
    return rejected(
        frame.arrival(),
        frame.frame(),
        Stage.DECODE,
        new StageMicros(frame.admitMicros(), decodeMicros, 0, 0, 0, 0),
        reason,
        detail);
  }

  /** A frame that is not new: DUPLICATE or LATE. */
  Settled old(Admitted frame, Outcome outcome) {
    return undetected(frame, new MaskDraft(frame.arrival(), outcome));
  }

  /** A frame that is given up for a newer one. */
  Settled shed(Admitted frame, String why) {
    return undetected(
        frame, new MaskDraft(frame.arrival(), Outcome.SHED).because(Reason.STALE, why));
  }

  private Settled undetected(Admitted frame, MaskDraft draft) {
    draft.frame(frame.frame()).stages(new StageMicros(frame.admitMicros(), 0, 0, 0, 0, 0));
    return settled(frame.arrival(), draft, Stage.ADMIT, Optional.of(frame.sighting()));
  }

  /** A picture that got no scores. */
  Settled failed(Decoded picture, Reason reason, String detail) {
    Admitted frame = picture.admitted();
    MaskDraft draft =
        new MaskDraft(frame.arrival(), Outcome.REJECTED)
            .frame(frame.frame())
            .luma(picture.luma())
            .because(reason, detail)
            .stages(new StageMicros(frame.admitMicros(), picture.decodeMicros(), 0, 0, 0, 0));
    return settled(frame.arrival(), draft, Stage.DETECT, Optional.empty());
  }

  /** A picture with its scores. */
  Settled detected(Decoded picture, Scores scores) {
    Admitted frame = picture.admitted();
    MaskDraft draft =
        new MaskDraft(frame.arrival(), Outcome.DETECTED)
            .frame(frame.frame())
            .luma(picture.luma())
            .because(Reason.NONE, frame.sighting().remarks())
            .scores(scores.map(), scores.summary(), scores.regions())
            .stages(
                new StageMicros(
                    frame.admitMicros(),
                    picture.decodeMicros(),
                    scores.queueMicros(),
                    scores.inferMicros(),
                    scores.regionMicros(),
                    scores.encodeMicros()));
    return settled(frame.arrival(), draft, Stage.DETECT, Optional.of(frame.sighting()));
  }

  private Settled rejected(
      Arrival arrival, Frame frame, Stage stage, StageMicros stages, Reason reason, String detail) {
    MaskDraft draft =
        new MaskDraft(arrival, Outcome.REJECTED)
            .frame(frame)
            .because(reason, detail)
            .stages(stages);
    return settled(arrival, draft, stage, Optional.empty());
  }

  private Settled settled(Arrival arrival, MaskDraft draft, Stage stage, Optional<Sighting> seen) {
    Mask mask = draft.decided(model, overdue, nowMicros.getAsLong(), instanceId);
    return new Settled(arrival, mask, stage, seen);
  }
}
