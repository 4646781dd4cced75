package dev.catseye.verify;

import java.util.Optional;

/**
 * A record written by a transaction that was aborted: work of a killed service, never to be seen by
 * a reader of committed records.
 *
 * @param place where it stands
 * @param origin the frame it was about; empty when it cannot be read
 */
public record AbortedRecord(Place place, Optional<Place> origin) {
  @Override
  public String toString() {
    return place + origin.map(frame -> " of " + frame).orElse("");
  }
}
