package dev.catseye.perceive;

import dev.catseye.image.Luma;
import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.InlineContent;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.StageMicros;
import dev.catseye.schemas.Summary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A mask while it is filled in. Used by one thread. */
final class MaskDraft {
  private final Arrival arrival;
  private final Outcome outcome;
  private Optional<Frame> frame = Optional.empty();
  private Optional<Luma> luma = Optional.empty();
  private Optional<ScoreMap> scoreMap = Optional.empty();
  private Optional<Summary> summary = Optional.empty();
  private List<Region> regions = List.of();
  private Reason reason = Reason.NONE;
  private String detail = "";
  private StageMicros stages = new StageMicros(0, 0, 0, 0, 0, 0);

  MaskDraft(Arrival arrival, Outcome outcome) {
    this.arrival = arrival;
    this.outcome = outcome;
  }

  MaskDraft frame(Frame value) {
    frame = Optional.of(value);
    return this;
  }

  MaskDraft luma(Luma value) {
    luma = Optional.of(value);
    return this;
  }

  MaskDraft because(Reason why, String words) {
    reason = why;
    detail = ShortText.of(words);
    return this;
  }

  MaskDraft scores(ScoreMap map, Summary numbers, List<Region> found) {
    scoreMap = Optional.of(map);
    summary = Optional.of(numbers);
    regions = found;
    return this;
  }

  MaskDraft stages(StageMicros value) {
    stages = value;
    return this;
  }

  /** The mask, decided at {@code nowMicros} by {@code instanceId}. */
  Mask decided(Model model, Duration overdue, long nowMicros, String instanceId) {
    return new Mask(
        frame.map(Frame::id),
        frame.map(f -> OptionalInt.of(f.width())).orElse(OptionalInt.empty()),
        frame.map(f -> OptionalInt.of(f.height())).orElse(OptionalInt.empty()),
        frame.map(Frame::driveId).orElse(""),
        arrival.origin(),
        arrival.key(),
        outcome,
        reason,
        detail,
        isOverdue(overdue, nowMicros),
        model.provider(),
        model.plan(),
        model.bundleDigest(),
        scoreMap,
        regions,
        luma.map(l -> OptionalDouble.of(l.mean())).orElse(OptionalDouble.empty()),
        luma.map(l -> OptionalDouble.of(l.spread())).orElse(OptionalDouble.empty()),
        payloadChecksum(),
        summary,
        stages,
        nowMicros,
        instanceId);
  }

  /** Only a UTC clock can be compared with ours. */
  private boolean isOverdue(Duration bound, long nowMicros) {
    return frame
        .filter(f -> f.clock() == ClockDomain.UTC)
        .filter(f -> nowMicros - f.id().captureMicros() > bound.toNanos() / 1000)
        .isPresent();
  }

  private OptionalLong payloadChecksum() {
    return frame
        .map(Frame::content)
        .filter(InlineContent.class::isInstance)
        .map(content -> OptionalLong.of(((InlineContent) content).bytes().crc32c()))
        .orElse(OptionalLong.empty());
  }
}
