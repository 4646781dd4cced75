/**
 * Times the whole stream on this machine, as real processes: a broker, the service and cameras that
 * send more or less than it can do. May import every package of this module but {@code
 * dev.catseye.cli}, {@code dev.catseye.chaos} and {@code dev.catseye.demo}; meets the service on
 * topics, its status pages and the system's figures of its process only.
 */
package dev.catseye.streambench;
