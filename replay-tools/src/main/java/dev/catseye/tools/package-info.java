/**
 * What every verb shares: the exception with a message for people, the progress bar, the settings
 * of Kafka clients. May import Kafka clients and {@code dev.catseye.schemas}, no other package of
 * this module.
 */
package dev.catseye.tools;
