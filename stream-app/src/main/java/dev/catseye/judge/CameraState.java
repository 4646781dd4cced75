package dev.catseye.judge;

/**
 * Everything that judge remembers of one camera.
 *
 * @param alarms alarm tracks, replaced at each mask
 * @param health mutable, owned by whoever read it from the store
 */
record CameraState(AlarmMemory alarms, CameraHealth health) {}
