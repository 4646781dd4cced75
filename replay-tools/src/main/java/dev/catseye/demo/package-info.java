/**
 * The whole product in one command: broker, service and replay as real processes, and at the end
 * the figures and the verdict. May import every package of this module but {@code dev.catseye.cli};
 * meets the service on topics only.
 */
package dev.catseye.demo;
