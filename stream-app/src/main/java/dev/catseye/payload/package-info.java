/** Fetches payloads that frames only refer to; may import the JDK and {@code schemas}. */
package dev.catseye.payload;
