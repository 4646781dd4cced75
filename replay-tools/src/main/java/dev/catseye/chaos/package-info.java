/**
 * {@code catseye chaos}: brokers, instances of the service and cameras as they are in the field, a
 * seeded plan of faults, and the checker's verdict at the end. May import every package of this
 * module but {@code dev.catseye.cli} and {@code dev.catseye.demo}; meets the service on topics,
 * signals, sockets and HTTP only.
 */
package dev.catseye.chaos;
