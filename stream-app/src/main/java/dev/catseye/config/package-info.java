/** Reads settings and collects every mistake; may import the JDK only. */
package dev.catseye.config;
