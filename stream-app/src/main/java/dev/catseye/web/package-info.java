/**
 * Answers probes and scrapes over HTTP on loopback; may import the JDK and {@code config}, and is
 * handed everything it shows.
 */
package dev.catseye.web;
