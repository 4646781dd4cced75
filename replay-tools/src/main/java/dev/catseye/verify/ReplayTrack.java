package dev.catseye.verify;

/** One thing that is followed through the masks of a camera. Not thread-safe. */
final class ReplayTrack {
  private static final double NEWEST_STEP = 0.5; // weight of the newest step of its motion
  private static final double LONGEST_AHEAD = 1; // seconds for which a straight line is believed

  final String alarm;
  final Identity first;
  Identity seen;
  SeenMask.Region region;
  GrowthLine growth;
  long hits = 1; // bit i: the judged frame i frames ago showed it
  boolean raised;
  private Identity told; // frame of the last RAISED or UPDATED
  private int toldSeverity;
  private double speedX; // of its centre, camera pixels per second; both 0: not known
  private double speedY;

  ReplayTrack(Identity frame, SeenMask.Region region) {
    this.alarm = EpisodeName.of(frame, region);
    this.first = frame;
    this.seen = frame;
    this.region = region;
    this.growth = GrowthLine.of(region.areaPx());
  }

  /** Best overlap of a region with where it was and with where it should be by now. */
  double overlap(Identity frame, SeenMask.Region other) {
    Rect box = Rect.of(other);
    return Math.max(box.overlap(Rect.of(region)), box.overlap(expected(frame)));
  }

  private Rect expected(Identity frame) {
    if (!frame.boot().equals(seen.boot())) {
      return Rect.of(region);
    }
    double ahead = Math.max(0, Math.min(LONGEST_AHEAD, secondsTo(frame)));
    double area = Math.max(0.25, Math.min(4, 1 + growth.growth().orElse(0) * ahead));
    double side = Math.sqrt(area);
    return Rect.around(
        centreX(region) + speedX * ahead,
        centreY(region) + speedY * ahead,
        region.width() * side,
        region.height() * side);
  }

  void seenIn(Identity frame, SeenMask.Region sighting, long windowBits) {
    double seconds = secondsTo(frame);
    if (!frame.boot().equals(seen.boot())) {
      speedX = 0;
      speedY = 0;
      growth = GrowthLine.of(sighting.areaPx());
    } else {
      move(sighting, seconds);
      growth = growth.and(sighting.areaPx(), seconds);
    }
    seen = frame;
    region = sighting;
    hits = (hits << 1 | 1) & windowBits;
  }

  private void move(SeenMask.Region sighting, double seconds) {
    if (seconds <= 0) {
      return;
    }
    double stepX = (centreX(sighting) - centreX(region)) / seconds;
    double stepY = (centreY(sighting) - centreY(region)) / seconds;
    boolean known = speedX != 0 || speedY != 0;
    speedX = known ? speedX + NEWEST_STEP * (stepX - speedX) : stepX;
    speedY = known ? speedY + NEWEST_STEP * (stepY - speedY) : stepY;
  }

  void missed(long windowBits) {
    hits = hits << 1 & windowBits;
  }

  /** RAISED or UPDATED was told on its latest sighting. */
  void told(int severity) {
    raised = true;
    told = seen;
    toldSeverity = severity;
  }

  /** Whether it is to be told again: after a while, and at once when it matters more. */
  boolean isToBeTold(long updateMicros, int severity) {
    return passed(told, seen, updateMicros) || severity > toldSeverity;
  }

  /** Whether it has not been seen for so long, by a frame that does not show it. */
  boolean isGone(Identity frame, long holdOffMicros) {
    return hits == 0 && passed(seen, frame, holdOffMicros);
  }

  private static boolean passed(Identity earlier, Identity frame, long micros) {
    return !earlier.boot().equals(frame.boot()) || frame.captured() - earlier.captured() >= micros;
  }

  private double secondsTo(Identity frame) {
    return (frame.captured() - seen.captured()) / 1e6;
  }

  private static double centreX(SeenMask.Region box) {
    return box.x() + box.width() / 2.0;
  }

  private static double centreY(SeenMask.Region box) {
    return box.y() + box.height() / 2.0;
  }
}
