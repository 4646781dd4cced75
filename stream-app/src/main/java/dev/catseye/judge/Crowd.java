package dev.catseye.judge;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps the number of tracks of a camera within its bound. */
final class Crowd {
  private Crowd() {}

  /**
   * At most {@link AlarmMemory#MOST_TRACKS} of the tracks, in their order. Open alarms stay: an
   * alarm ends on evidence only. Of the others those stay that were seen most often, then with the
   * highest peak, then largest; among equals the older.
   */
  static List<Track> thinned(List<Track> tracks, FrameWindow window) {
    if (tracks.size() <= AlarmMemory.MOST_TRACKS) {
      return tracks;
    }
    Comparator<Track> order =
        Comparator.comparing((Track track) -> !track.raised())
            .thenComparingInt(track -> -window.hits(track))
            .thenComparingDouble(track -> -track.region().peakScore())
            .thenComparingInt(track -> -track.region().areaPx());
    Set<Track> kept =
        new HashSet<>(
            tracks.stream().sorted(order).limit(AlarmMemory.MOST_TRACKS).toList()); // stable
    return tracks.stream().filter(kept::contains).toList();
  }
}
