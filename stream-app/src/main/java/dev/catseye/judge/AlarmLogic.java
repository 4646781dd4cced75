package dev.catseye.judge;

import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Region;
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
 * DETECTED frames that do not show it.
 */
final class AlarmLogic {
  private static final int MOST_TRACKS = 64; // bounds memory whatever a network sees

  private final AlarmConfig config;
  private final long window;
  private final LongSupplier nowMicros;
  private final String instanceId;

  AlarmLogic(AlarmConfig config, LongSupplier nowMicros, String instanceId) {
    this.config = config;
    this.window = -1L >>> (Long.SIZE - config.frames());
    this.nowMicros = nowMicros;
    this.instanceId = instanceId;
  }

  /** Judges the next mask of the camera; anything but DETECTED says nothing about alarms. */
  AlarmMemory.Step judge(AlarmMemory memory, Mask mask) {
    if (mask.outcome() != Outcome.DETECTED) {
      return new AlarmMemory.Step(memory, List.of());
    }
    List<Region> regions =
        mask.regions().stream().filter(region -> region.areaPx() >= config.minAreaPx()).toList();
    float raising = config.threshold().orElse(mask.summary().orElseThrow().threshold());
    Map<Integer, Integer> regionOfTrack =
        Association.of(memory.tracks(), regions, config.overlap());

    Journal journal = new Journal(memory.counter(), Evidence.of(mask));
    List<Track> tracks = new ArrayList<>();
    for (int i = 0; i < memory.tracks().size(); i++) {
      Optional<Region> region = Optional.ofNullable(regionOfTrack.get(i)).map(regions::get);
      follow(memory.tracks().get(i), region, raising, journal).ifPresent(tracks::add);
    }
    Set<Integer> continued = new HashSet<>(regionOfTrack.values());
    for (int i = 0; i < regions.size() && tracks.size() < MOST_TRACKS; i++) {
      Region region = regions.get(i);
      if (!continued.contains(i) && region.peakScore() >= raising) {
        tracks.add(raisedIfDue(Track.begin(journal.evidence.frame(), region), journal));
      }
    }
    return journal.step(tracks);
  }

  /** Tells of every open alarm that nothing is known of it any more. */
  AlarmMemory.Step suspend(AlarmMemory memory) {
    if (memory.last().isEmpty()) {
      return new AlarmMemory.Step(memory, List.of());
    }
    Journal journal = new Journal(memory.counter(), memory.last().get());
    memory.tracks().stream()
        .filter(Track::raised)
        .forEach(track -> journal.tell(AlarmState.SUSPENDED, track));
    return journal.step(memory.tracks());
  }

  /** The track after one more frame; empty when it ended. */
  private Optional<Track> follow(
      Track before, Optional<Region> region, float raising, Journal journal) {
    FrameId frame = journal.evidence.frame();
    // Hysteresis: an open alarm is kept alive by less than what raises one.
    boolean counts = region.isPresent() && (before.raised() || region.get().peakScore() >= raising);
    if (counts) {
      Track seen = before.seenIn(frame, region.get(), window);
      return Optional.of(seen.raised() ? updatedIfDue(seen, journal) : raisedIfDue(seen, journal));
    }
    Track missed = before.missed(window);
    if (missed.hits() != 0) {
      return Optional.of(missed);
    }
    if (!missed.raised()) {
      return Optional.empty();
    }
    if (!Track.passed(missed.seen(), frame, config.holdOff())) {
      return Optional.of(missed);
    }
    journal.tell(AlarmState.CLEARED, missed);
    return Optional.empty();
  }

  private Track raisedIfDue(Track track, Journal journal) {
    if (track.hitCount() < config.hits()) {
      return track;
    }
    journal.tell(AlarmState.RAISED, track);
    return track.told();
  }

  private Track updatedIfDue(Track track, Journal journal) {
    if (!Track.passed(track.toldFrame(), track.seen(), config.update())) {
      return track;
    }
    journal.tell(AlarmState.UPDATED, track);
    return track.told();
  }

  /** The records of one step. */
  private final class Journal {
    private final Evidence evidence;
    private final List<Alarm> alarms = new ArrayList<>();
    private long counter;

    Journal(long counter, Evidence evidence) {
      this.counter = counter;
      this.evidence = evidence;
    }

    void tell(AlarmState state, Track track) {
      counter++;
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
              track.hitCount(),
              config.frames(),
              track.region().drivableFraction(),
              Severities.of(track.region(), evidence.framePx()),
              track.growthPerSecond(),
              evidence.plan(),
              evidence.bundleDigest(),
              evidence.driveId(),
              counter,
              nowMicros.getAsLong(),
              instanceId));
    }

    AlarmMemory.Step step(List<Track> tracks) {
      return new AlarmMemory.Step(new AlarmMemory(counter, Optional.of(evidence), tracks), alarms);
    }
  }
}
