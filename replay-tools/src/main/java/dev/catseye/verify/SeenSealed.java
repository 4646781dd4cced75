package dev.catseye.verify;

import java.util.List;
import java.util.Optional;

/**
 * What the checker keeps of one record on trust or ground-truth: whether it is whole, and which
 * frame it is about.
 *
 * @param place where it stands
 * @param faults why the record itself cannot be trusted; empty for a sound record
 * @param frame the frame it is about; empty when it cannot be read
 */
record SeenSealed(Place place, List<String> faults, Optional<Identity> frame) {}
