/**
 * The checker's own reading of the wire: Avro by the {@code .avsc} files, CRC-32C, the packings of
 * score maps.
 *
 * <p>May import the JDK, Jackson (for the schema files) and zstd-jni. No class of {@code
 * dev.catseye.schemas} and none of Avro's: a fault shared with the service would hide itself.
 */
package dev.catseye.verify.wire;
