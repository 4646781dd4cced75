package dev.catseye.perceive;

import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.StageMicros;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Gives up a frame when a newer one of its camera already waits behind it and its age plus the
 * expected service time exceeds the budget. Both must hold: a deadline alone would settle on the
 * stalest frame still allowed, and the newest frame is never given up.
 *
 * <p>Unless it is configured, the budget is the expected service time and one period of the camera,
 * so that a frame may wait until its successor is due.
 *
 * <p>A camera that waits for its turn behind others of its partition keeps the frame that was its
 * newest when the {@link Round} began. Thread-safe.
 */
final class NewestWins {
  private static final int SMOOTHING = 8; // a new time moves the expected one by an eighth

  private final Optional<Duration> budget;
  private final Backlog backlog;
  private final LongSupplier nowMicros;
  private final Map<Integer, Round> rounds = new HashMap<>(); // by partition
  private long serviceMicros;

  NewestWins(Optional<Duration> budget, Shedding shedding, LongSupplier nowMicros) {
    this.budget = budget;
    this.backlog = shedding.backlog();
    this.nowMicros = nowMicros;
    this.serviceMicros = toMicros(shedding.firstServiceTime());
  }

  /** A frame was served and has this DETECTED mask. */
  synchronized void served(Mask mask) {
    StageMicros stages = mask.stages();
    long micros =
        stages.admit()
            + stages.decode()
            + stages.queue()
            + stages.infer()
            + stages.region()
            + stages.encode();
    serviceMicros += (micros - serviceMicros) / SMOOTHING;
    round(mask.origin())
        .served(mask.frame().orElseThrow().cameraId(), (mask.processedMicros() - micros) / 1000);
  }

  /** Time that a frame is expected to take, microseconds. */
  synchronized long serviceMicros() {
    return serviceMicros;
  }

  /** Why the frame is to be given up; empty when it is to be worked on. */
  Optional<String> staleness(Arrival arrival, Frame frame, Sighting sighting) {
    if (!backlog.newerWaits(arrival.origin(), frame.id(), Long.MAX_VALUE)
        || hasItsTurn(arrival.origin(), frame.id())) {
      return Optional.empty();
    }
    if (sighting.clockFault()) {
      return Optional.of("a newer frame waits, and the age of this one is unknown");
    }
    Forecast forecast = forecast(arrival, frame, sighting);
    if (forecast.slackMicros() >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "a newer frame waits; %d ms old, %d ms of work expected, budget %d ms",
            forecast.ageMicros() / 1000,
            forecast.serviceMicros() / 1000,
            forecast.budgetMicros() / 1000));
  }

  /**
   * Time that the frame may wait and still be answered within its budget; zero when it is late
   * already, or when its age is unknown.
   */
  Duration patience(Arrival arrival, Frame frame, Sighting sighting) {
    long slack = sighting.clockFault() ? 0 : forecast(arrival, frame, sighting).slackMicros();
    return Duration.ofNanos(Math.max(0, slack) * 1000);
  }

  /** Age now, work expected, and the age that the answer should not exceed; microseconds. */
  private record Forecast(long ageMicros, long serviceMicros, long budgetMicros) {
    long slackMicros() {
      return budgetMicros - ageMicros - serviceMicros;
    }
  }

  private Forecast forecast(Arrival arrival, Frame frame, Sighting sighting) {
    long service = serviceMicros();
    long most = budget.map(NewestWins::toMicros).orElse(service + sighting.after().periodMicros());
    return new Forecast(ageMicros(arrival, frame), service, most);
  }

  /** Whether its camera waits for its turn, and it was the newest one when the round began. */
  private synchronized boolean hasItsTurn(Origin origin, FrameId frame) {
    Round round = round(origin);
    return round.waits(frame.cameraId()) && !backlog.newerWaits(origin, frame, round.begunMillis());
  }

  private Round round(Origin origin) {
    return rounds.computeIfAbsent(origin.partition(), partition -> new Round());
  }

  /**
   * Time since the frame was captured, if its clock can be compared with ours, or since it was
   * appended to its topic if that is longer ago.
   */
  private long ageMicros(Arrival arrival, Frame frame) {
    long now = nowMicros.getAsLong();
    long sinceAppended = now - arrival.appendedMillis() * 1000;
    return frame.clock() == ClockDomain.UTC
        ? Math.max(sinceAppended, now - frame.id().captureMicros())
        : sinceAppended;
  }

  private static long toMicros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
