package dev.catseye.verify;

import java.util.Optional;

/**
 * What the checker keeps of one record on rejects.
 *
 * @param place where it stands
 * @param origin the rejected record, by the reject's headers; empty when they do not name one
 * @param valueCrc CRC-32C of its value
 */
record SeenReject(Place place, Optional<Place> origin, long valueCrc) {}
