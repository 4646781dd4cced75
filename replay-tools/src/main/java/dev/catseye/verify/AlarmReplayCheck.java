package dev.catseye.verify;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * C7: the alarms of a camera are those that its masks lead to, by the checker's own judging. A
 * camera of whose alarms something is told already is passed over, and after the first difference
 * nothing more is compared: all that follows would differ as well.
 */
final class AlarmReplayCheck implements Check {
  private static final double TOLERANCE = 1e-9; // relative; two ways to add up the same sums

  private final AlarmRule rule;

  AlarmReplayCheck(AlarmRule rule) {
    this.rule = rule;
  }

  @Override
  public void judge(History history, Findings findings) {
    boolean whole =
        history.complete(history.topics().alarms())
            && history.alarms().stream().allMatch(record -> record.sound().isPresent());
    if (!whole) {
      return;
    }
    for (JudgedLane lane : JudgedLane.of(history, findings)) {
      boolean blamed = lane.alarms().stream().anyMatch(alarm -> findings.isBlamed(alarm.place()));
      if (!blamed) {
        findings.checked(Promise.C7, lane.alarms().size());
        new Comparison(lane).run().ifPresent(found -> found.tell(findings));
      }
    }
  }

  /** The first difference. */
  private record Difference(Place place, String text) {
    void tell(Findings findings) {
      findings.violation(Promise.C7, place, text);
    }
  }

  /** Walks through masks and alarm records side by side. */
  private final class Comparison {
    private final JudgedLane lane;
    private final CameraReplay replay = new CameraReplay(rule);
    private final Iterator<SeenAlarm> told;
    private Optional<SeenAlarm> next;
    private List<SeenAlarm.Facts> open = List.of(); // what SUSPENDED would say of each open alarm
    private int suspended; // so many of them were, since the last fresh picture

    Comparison(JudgedLane lane) {
      this.lane = lane;
      this.told = lane.alarms().iterator();
      this.next = following();
    }

    private Optional<SeenAlarm> following() {
      return told.hasNext() ? Optional.of(told.next()) : Optional.empty();
    }

    Optional<Difference> run() {
      for (SeenMask mask : lane.masks()) {
        boolean fresh = replay.add(mask.sound().orElseThrow()) == CameraReplay.Sight.FRESH;
        if (fresh && suspended > 0 && suspended < open.size()) {
          String text = "%d alarms were open, and %d of them suspended";
          return difference(mask.place(), text.formatted(open.size(), suspended));
        }
        suspended = fresh ? 0 : suspended;
        boolean judged = mask.place().offset() < lane.settled();
        if (!judged && next.isEmpty()) {
          return Optional.empty(); // all that was told is compared
        }
        Optional<Difference> difference = steps(mask.place()).or(this::suspensions);
        if (difference.isPresent()) {
          return difference;
        }
      }
      return next.flatMap(
          alarm ->
              difference(alarm.place(), "no mask leads to " + named(alarm.sound().orElseThrow())));
    }

    private Optional<Difference> steps(Place mask) {
      for (SeenAlarm.Facts step : replay.steps()) {
        if (next.isEmpty()) {
          return difference(mask, "leads to %s, which is missing".formatted(named(step)));
        }
        Optional<Difference> difference = compare(step);
        if (difference.isPresent()) {
          return difference;
        }
      }
      return Optional.empty();
    }

    private Optional<Difference> suspensions() {
      open = replay.suspended();
      while (nextIsSuspension()) {
        if (suspended == open.size()) {
          return difference(next.orElseThrow().place(), "SUSPENDED of no alarm that is open");
        }
        Optional<Difference> difference = compare(open.get(suspended));
        if (difference.isPresent()) {
          return difference;
        }
        suspended++;
      }
      return Optional.empty();
    }

    /** Suspension is caused by the clock: it may follow any mask, and speaks of the last fresh. */
    private boolean nextIsSuspension() {
      Optional<Place> lastFresh = replay.last().map(SeenMask.Facts::origin);
      return next.flatMap(SeenAlarm::sound)
          .filter(alarm -> alarm.is("SUSPENDED"))
          .filter(alarm -> lastFresh.filter(alarm.evidence()::equals).isPresent())
          .isPresent();
    }

    /** Compares the next record with what it should be, and goes on to the one behind it. */
    private Optional<Difference> compare(SeenAlarm.Facts expected) {
      SeenAlarm alarm = next.orElseThrow();
      next = following();
      return differs(alarm.sound().orElseThrow(), expected)
          .flatMap(text -> difference(alarm.place(), text));
    }
  }

  private static Optional<Difference> difference(Place place, String text) {
    return Optional.of(new Difference(place, text));
  }

  private static String named(SeenAlarm.Facts alarm) {
    return "%s of alarm %s on %s".formatted(alarm.state(), alarm.alarm(), alarm.evidence());
  }

  private static Optional<String> differs(SeenAlarm.Facts told, SeenAlarm.Facts own) {
    if (!named(told).equals(named(own))) {
      return Optional.of("%s, by the masks %s".formatted(named(told), named(own)));
    }
    SeenAlarm.Weight weight = told.weight();
    SeenAlarm.Weight ownWeight = own.weight();
    return differs("first frame", told.first(), own.first())
        .or(() -> differs("last frame", told.last(), own.last()))
        .or(() -> differs("region", told.region(), own.region()))
        .or(() -> differs("drivable share", told.region().drivable(), own.region().drivable()))
        .or(() -> differs("evidence count", weight.hits(), ownWeight.hits()))
        .or(() -> differs("evidence window", weight.frames(), ownWeight.frames()))
        .or(() -> differs("severity", weight.severity(), ownWeight.severity()))
        .or(() -> differs("growth", weight.growth(), ownWeight.growth()))
        .or(() -> differs("seconds to contact", weight.contact(), ownWeight.contact()))
        .or(() -> differs("plan", told.plan(), own.plan()))
        .or(() -> differs("bundle", told.bundle(), own.bundle()))
        .or(() -> differs("drive", told.drive(), own.drive()));
  }

  private static Optional<String> differs(String what, Object told, Object own) {
    return Objects.equals(told, own)
        ? Optional.empty()
        : Optional.of("%s is %s, by the masks %s".formatted(what, told, own));
  }

  private static Optional<String> differs(String what, OptionalDouble told, OptionalDouble own) {
    boolean near =
        told.isPresent() == own.isPresent()
            && Math.abs(told.orElse(0) - own.orElse(0))
                <= TOLERANCE * Math.max(1, Math.abs(own.orElse(0)));
    return near
        ? Optional.empty()
        : Optional.of("%s is %s, by the masks %s".formatted(what, told, own));
  }
}
