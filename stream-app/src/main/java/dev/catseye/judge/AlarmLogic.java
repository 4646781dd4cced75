package dev.catseye.judge;

import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Turns the masks of one camera into alarm episodes. RAISED, UPDATED and CLEARED depend on the
 * masks alone, so that a replay at any speed gives the same ones. An alarm ends only on evidence:
 * fresh pictures that do not show it.
 */
final class AlarmLogic {
  private final AlarmConfig config;
  private final EvidenceConfig rule;
  private final LongSupplier nowMicros;
  private final String instanceId;

  AlarmLogic(AlarmConfig config, LongSupplier nowMicros, String instanceId) {
    this.config = config;
    this.rule = config.evidence();
    this.nowMicros = nowMicros;
    this.instanceId = instanceId;
  }

  /** Judges the next mask of the camera; what shows nothing says nothing about alarms. */
  AlarmMemory.Step judge(AlarmMemory memory, Mask mask) {
    if (mask.outcome() != Outcome.DETECTED
        || config.sight().of(mask, memory.last()) != Sight.FRESH) {
      return AlarmMemory.Step.none(memory);
    }
    return new Frame(memory, mask).judge();
  }

  /**
   * Tells of every open alarm that nothing is known of it any more; once until the next fresh
   * picture.
   */
  AlarmMemory.Step suspend(AlarmMemory memory) {
    if (memory.suspended() || memory.open() == 0) {
      return AlarmMemory.Step.none(memory);
    }
    Evidence last = memory.last().orElseThrow();
    FrameWindow window = FrameWindow.of(memory.times(), config.window());
    Journal journal = new Journal(memory.counter(), last, window);
    memory.tracks().stream()
        .filter(Track::raised)
        .forEach(track -> journal.tell(AlarmState.SUSPENDED, track));
    return new AlarmMemory.Step(
        new AlarmMemory(journal.counter, memory.last(), memory.times(), memory.tracks(), true),
        journal.alarms,
        0);
  }

  /** The judging of one fresh picture. */
  private final class Frame {
    private final AlarmMemory memory;
    private final Mask mask;
    private final FrameId id;
    private final FrameWindow window;
    private final Journal journal;
    private final long newestBits = -1L >>> (Long.SIZE - config.frames());

    Frame(AlarmMemory memory, Mask mask) {
      this.memory = memory;
      this.mask = mask;
      this.id = mask.frame().orElseThrow();
      Optional<FrameId> before = memory.last().map(Evidence::frame);
      this.window =
          FrameWindow.of(
              FrameWindow.times(id, before, memory.times(), config.frames()), config.window());
      this.journal = new Journal(memory.counter(), Evidence.of(mask), window);
    }

    AlarmMemory.Step judge() {
      List<Region> regions =
          mask.regions().stream()
              .filter(region -> rule.keeps(region, mask) || rule.raises(region, mask))
              .toList();
      Map<Integer, Integer> regionOfTrack =
          Association.of(memory.tracks(), id, regions, config.overlap());
      List<Track> tracks = new ArrayList<>();
      for (int i = 0; i < memory.tracks().size(); i++) {
        Optional<Region> region = Optional.ofNullable(regionOfTrack.get(i)).map(regions::get);
        follow(memory.tracks().get(i), region).ifPresent(tracks::add);
      }
      Set<Integer> continued = new HashSet<>(regionOfTrack.values());
      for (int i = 0; i < regions.size(); i++) {
        if (!continued.contains(i) && rule.raises(regions.get(i), mask)) {
          tracks.add(Track.begin(id, regions.get(i)));
        }
      }
      List<Track> kept = Crowd.thinned(tracks, window);
      int refused = tracks.size() - kept.size();
      List<Track> after = kept.stream().map(this::raisedIfDue).toList();
      AlarmMemory next =
          new AlarmMemory(
              journal.counter, Optional.of(journal.evidence), window.times(), after, false);
      return new AlarmMemory.Step(next, journal.alarms, refused);
    }

    /** The track after one more frame; empty when it ended. */
    private Optional<Track> follow(Track before, Optional<Region> region) {
      // Hysteresis: an open alarm is kept alive by less than what raises one.
      boolean counts =
          region.filter(seen -> before.raised() || rule.raises(seen, mask)).isPresent();
      if (counts) {
        return Optional.of(updatedIfDue(before.seenIn(id, region.get(), newestBits)));
      }
      Track missed = before.missed(newestBits);
      if (!missed.raised()) {
        return window.hits(missed) == 0 ? Optional.empty() : Optional.of(missed);
      }
      if (missed.hits() != 0 || !Track.passed(missed.seen(), id, config.holdOff())) {
        return Optional.of(missed);
      }
      journal.tell(AlarmState.CLEARED, missed);
      return Optional.empty();
    }

    /** A picture that does not show the thing raises nothing, whatever the clock did meanwhile. */
    private Track raisedIfDue(Track track) {
      if (track.raised() || !track.isInNewest() || window.hits(track) < config.hits()) {
        return track;
      }
      return track.told(journal.tell(AlarmState.RAISED, track));
    }

    /** UPDATED comes after a while, and at once when the thing matters more than was told. */
    private Track updatedIfDue(Track track) {
      if (!track.raised()) {
        return track;
      }
      Track.Told told = track.told().orElseThrow();
      boolean due = Track.passed(told.frame(), track.seen(), config.update());
      boolean worse = journal.severity(track).compareTo(told.severity()) > 0;
      return due || worse ? track.told(journal.tell(AlarmState.UPDATED, track)) : track;
    }
  }

  /** The records of one step. */
  private final class Journal {
    private final Evidence evidence;
    private final FrameWindow window;
    private final List<Alarm> alarms = new ArrayList<>();
    private long counter;

    Journal(long counter, Evidence evidence, FrameWindow window) {
      this.counter = counter;
      this.evidence = evidence;
      this.window = window;
    }

    Severity severity(Track track) {
      return Severities.of(
          track.region(),
          evidence.framePx(),
          track.expansion().secondsToContact(),
          config.contact());
    }

    /** Writes the record of a step and returns the severity in it. */
    Severity tell(AlarmState state, Track track) {
      counter++;
      Severity severity = severity(track);
      alarms.add(
          new Alarm(
              track.alarmId(),
              evidence.frame().cameraId(),
              state,
              track.first(),
              evidence.frame(),
              evidence.origin(),
              track.region().box(),
              track.region().areaPx(),
              track.region().peakScore(),
              window.hits(track),
              config.frames(),
              track.region().drivableFraction(),
              severity,
              track.expansion().growthPerSecond(),
              track.expansion().secondsToContact(),
              evidence.plan(),
              evidence.bundleDigest(),
              evidence.driveId(),
              counter,
              nowMicros.getAsLong(),
              instanceId));
      return severity;
    }
  }
}
