package dev.catseye.verify;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was read of one run, to be judged as it is and in copies that are wrong on purpose: a
 * checker that was never seen to say FAIL proves nothing. Immutable.
 */
public final class RecordedRun {
  private final History history;
  private final RunSettings settings;

  RecordedRun(History history, RunSettings settings) {
    this.history = history;
    this.settings = settings;
  }

  /** Judges it by the settings that it was read with. */
  Verdict judge() {
    return new Judge(settings).judge(history);
  }

  /**
   * Judges it.
   *
   * @param bundles digests of the bundles that may have run; empty: the one that most masks name
   * @param profile what the service was set up for
   */
  public Verdict judge(Set<String> bundles, RunProfile profile) {
    return new Judge(RunSettings.of(profile).madeBy(bundles, Set.of())).judge(history);
  }

  /** Where its outcomes stand, by partition and offset. */
  public List<Place> masks() {
    return history.masks().stream().map(SeenMask::place).toList();
  }

  /** A copy that lacks the outcome at this place. */
  public RecordedRun without(Place mask) {
    return copy(history.masks().stream().filter(seen -> !seen.place().equals(mask)));
  }

  /** A copy with this outcome; it takes the place of the one that stands there. */
  public RecordedRun with(RawRecord mask) {
    Stream<SeenMask> others =
        history.masks().stream().filter(seen -> !seen.place().equals(mask.place()));
    return copy(
        Stream.concat(others, Stream.of(new MaskSight(settings.maps(), new Pool()).see(mask))));
  }

  private RecordedRun copy(Stream<SeenMask> masks) {
    return new RecordedRun(
        history.withMasks(masks.sorted(Comparator.comparing(SeenMask::place)).toList()), settings);
  }
}
