package dev.catseye.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Judges the masks of one camera once more, one after the other, by the rule in {@code
 * schemas/RULES.md}: which alarm records they lead to. The checker's own code. Keeps at most 64
 * tracks. Not thread-safe.
 */
final class CameraReplay {
  private static final int MOST_TRACKS = 64;
  private static final List<String> SEVERITIES = List.of("LOW", "MEDIUM", "HIGH");
  private static final double IN_THE_WAY = 0.5; // drivable share of the surroundings
  private static final double LARGE = 0.001; // share of the frame

  private final AlarmRule rule;
  private final long windowBits;
  private List<ReplayTrack> tracks = new ArrayList<>();
  private List<Long> times = List.of(); // capture times of the newest judged frames, newest first
  private Optional<SeenMask.Facts> last = Optional.empty(); // the newest fresh picture
  private List<SeenAlarm.Facts> steps = List.of();

  /** What a picture is worth. */
  enum Sight {
    FRESH,
    /** Frozen, dark, of the past, or no picture at all. */
    NOTHING
  }

  CameraReplay(AlarmRule rule) {
    this.rule = rule;
    this.windowBits = -1L >>> (Long.SIZE - rule.frames());
  }

  /** Takes in the next mask; {@link #steps} holds what it leads to. */
  Sight add(SeenMask.Facts mask) {
    steps = new ArrayList<>();
    if (!mask.detected() || mask.past() || !shows(mask)) {
      return Sight.NOTHING;
    }
    judge(mask);
    return Sight.FRESH;
  }

  /** The alarm records that the latest mask led to; counters, times and instances are void. */
  List<SeenAlarm.Facts> steps() {
    return steps;
  }

  /** The newest fresh picture. */
  Optional<SeenMask.Facts> last() {
    return last;
  }

  /** What SUSPENDED says of each open alarm, now. */
  List<SeenAlarm.Facts> suspended() {
    return tracks.stream()
        .filter(track -> track.raised)
        .map(track -> step("SUSPENDED", track))
        .toList();
  }

  private boolean shows(SeenMask.Facts mask) {
    SeenMask.Picture picture = mask.picture();
    boolean dark =
        picture.mean().orElse(rule.minBrightness()) < rule.minBrightness()
            || picture.spread().orElse(rule.minContrast()) < rule.minContrast();
    OptionalLong crc = picture.crc();
    boolean repeats =
        crc.isPresent()
            && last.map(before -> before.picture().crc()).filter(crc::equals).isPresent();
    return !dark && !(repeats && rule.frozenMatters());
  }

  private void judge(SeenMask.Facts mask) {
    Identity frame = mask.identity().orElseThrow();
    List<Long> newTimes = new ArrayList<>(List.of(frame.captured()));
    if (last.flatMap(SeenMask.Facts::identity)
        .map(Identity::boot)
        .filter(frame.boot()::equals)
        .isPresent()) {
      newTimes.addAll(times.subList(0, Math.min(times.size(), rule.frames() - 1)));
    }
    times = newTimes;
    last = Optional.of(mask);
    List<SeenMask.Region> regions =
        mask.regions().stream()
            .filter(region -> rule.keeps(region, mask) || rule.raises(region, mask))
            .toList();
    Map<ReplayTrack, SeenMask.Region> pairs = pairs(frame, regions);
    List<ReplayTrack> after = new ArrayList<>();
    for (ReplayTrack track : tracks) {
      if (follows(track, Optional.ofNullable(pairs.get(track)), mask)) {
        after.add(track);
      }
    }
    Set<SeenMask.Region> taken = identitySet();
    taken.addAll(pairs.values());
    regions.stream()
        .filter(region -> !taken.contains(region) && rule.raises(region, mask))
        .forEach(region -> after.add(new ReplayTrack(frame, region)));
    tracks = thinned(after);
    tracks.stream()
        .filter(track -> !track.raised && (track.hits & 1) == 1 && hits(track) >= rule.hits())
        .forEach(track -> tell("RAISED", track));
  }

  /** The largest overlap first, open alarms before tracks that are none yet. */
  private Map<ReplayTrack, SeenMask.Region> pairs(Identity frame, List<SeenMask.Region> regions) {
    record Pair(ReplayTrack track, SeenMask.Region region, long overlap) {}

    List<Pair> all = new ArrayList<>();
    for (ReplayTrack track : tracks) {
      for (SeenMask.Region region : regions) {
        long overlap = millionths(track.overlap(frame, region));
        if (overlap >= millionths(rule.overlap())) {
          all.add(new Pair(track, region, overlap));
        }
      }
    }
    all.sort( // stable: then older tracks and stronger regions
        Comparator.comparing((Pair pair) -> !pair.track().raised)
            .thenComparing(Pair::overlap, Comparator.reverseOrder()));
    Map<ReplayTrack, SeenMask.Region> pairs = new HashMap<>();
    Set<SeenMask.Region> taken = identitySet();
    for (Pair pair : all) {
      if (!pairs.containsKey(pair.track()) && taken.add(pair.region())) {
        pairs.put(pair.track(), pair.region());
      }
    }
    return pairs;
  }

  /** Whether the track goes on. */
  private boolean follows(
      ReplayTrack track, Optional<SeenMask.Region> region, SeenMask.Facts mask) {
    Identity frame = mask.identity().orElseThrow();
    if (region.filter(found -> track.raised || rule.raises(found, mask)).isPresent()) {
      track.seenIn(frame, region.get(), windowBits);
      if (track.raised && track.isToBeTold(micros(rule.update()), severity(track))) {
        tell("UPDATED", track);
      }
      return true;
    }
    track.missed(windowBits);
    if (!track.raised) {
      return hits(track) > 0;
    }
    boolean gone = track.isGone(frame, micros(rule.holdOff()));
    if (gone) {
      steps.add(step("CLEARED", track));
    }
    return !gone;
  }

  private List<ReplayTrack> thinned(List<ReplayTrack> all) {
    if (all.size() <= MOST_TRACKS) {
      return all;
    }
    Set<ReplayTrack> kept =
        new HashSet<>(
            all.stream()
                .sorted(
                    Comparator.comparing((ReplayTrack track) -> !track.raised)
                        .thenComparingInt(track -> -hits(track))
                        .thenComparingDouble(track -> -track.region.peak())
                        .thenComparingLong(track -> -track.region.areaPx()))
                .limit(MOST_TRACKS)
                .toList());
    return new ArrayList<>(all.stream().filter(kept::contains).toList());
  }

  private void tell(String state, ReplayTrack track) {
    steps.add(step(state, track));
    track.told(severity(track));
  }

  private SeenAlarm.Facts step(String state, ReplayTrack track) {
    SeenMask.Facts mask = last.orElseThrow();
    return new SeenAlarm.Facts(
        track.alarm,
        track.first.camera(),
        state,
        track.first,
        mask.identity().orElseThrow(),
        mask.origin(),
        track.region,
        new SeenAlarm.Weight(
            hits(track),
            rule.frames(),
            SEVERITIES.get(severity(track)),
            track.growth.growth(),
            track.growth.contact()),
        mask.maker().plan(),
        mask.maker().bundle(),
        mask.drive(),
        0,
        0,
        "");
  }

  /** Sightings in the window that lie near enough in time. */
  private int hits(ReplayTrack track) {
    int hits = 0;
    for (int i = 0; i < times.size(); i++) {
      boolean near = Math.abs(times.get(0) - times.get(i)) <= micros(rule.window());
      hits += near && (track.hits >> i & 1) == 1 ? 1 : 0;
    }
    return hits;
  }

  private int severity(ReplayTrack track) {
    SeenMask.Facts mask = last.orElseThrow();
    if (track.region.drivable().orElse(1) < IN_THE_WAY) {
      return 0;
    }
    boolean large =
        track.region.areaPx() >= LARGE * ((long) mask.frameWidth() * mask.frameHeight());
    boolean soon =
        track.growth.contact().orElse(Double.POSITIVE_INFINITY) <= micros(rule.contact()) / 1e6;
    return large || soon ? 2 : 1;
  }

  /** Two regions may be equal in all that is told of them. */
  private static Set<SeenMask.Region> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** Overlaps are compared in steps of a millionth, so that rounding decides nothing. */
  private static long millionths(double overlap) {
    return Math.round(overlap / 1e-6);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
