package dev.catseye.bench;

import java.util.OptionalDouble;

/**
 * How busy the machine was: processes that wanted to run, mean of the last minute.
 *
 * @param before the first counted run; empty where the system does not tell
 * @param after the last one
 */
record Load(OptionalDouble before, OptionalDouble after) {}
