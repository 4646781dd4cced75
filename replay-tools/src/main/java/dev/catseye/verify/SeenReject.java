package dev.catseye.verify;

import java.util.Optional;

/**
 * What the checker keeps of one record on rejects.
 *
 * @param place where it stands
 * @param origin the rejected record, by the reject's headers; empty when they do not name one
 * @param value its value in short
 * @param reason why it lies there, as the service's word
 * @param detail why it lies there, in the service's words
 */
record SeenReject(
    Place place, Optional<Place> origin, ValueMark value, String reason, String detail) {

  /** Whether it holds the bytes of that frame, or says that they were too many. */
  boolean holds(SeenFrame frame) {
    String omission = "value of %d bytes left out".formatted(frame.value().size());
    return value.equals(frame.value()) || (value.size() == 0 && detail.startsWith(omission));
  }
}
