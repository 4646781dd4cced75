package dev.catseye.alarmlevel;

/**
 * How long an obstacle was still to be seen when its first alarm came: from the frame that raised
 * it to the last frame that shows it. The time that the service took is not in it.
 *
 * @param frames labelled frames after the alarm's, up to and with the last that shows the obstacle
 * @param micros microseconds of capture time between these two frames
 */
public record Warning(int frames, long micros) {}
