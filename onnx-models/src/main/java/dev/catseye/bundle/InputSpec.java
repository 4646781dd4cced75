package dev.catseye.bundle;

/**
 * A graph's only input: camera frames of any size.
 *
 * @param name tensor name
 * @param type element type, always uint8 in format 1
 * @param layout axis letters, always NHWC in format 1
 * @param order colour order, always RGB in format 1
 */
public record InputSpec(String name, DataType type, String layout, String order) {}
