package dev.catseye.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * What Avro may do while it reads: how much, and into which classes.
 *
 * <p>Avro takes its limits from system properties when its {@code SystemLimitException} class is
 * loaded, so they are set before this package touches Avro. A value that the operator set on the
 * command line stays. Since 1.12.2 Avro makes objects of trusted classes only; ours are added to
 * whatever is trusted already.
 */
final class AvroGuards {
  private static final String WIRE_PACKAGE = AvroGuards.class.getPackageName() + ".wire";

  private AvroGuards() {}

  static void install() {
    limit("org.apache.avro.limits.bytes.maxLength", 16 << 20); // bytes; frames end at 8 MiB
    limit("org.apache.avro.limits.string.maxLength", 64 << 10); // bytes of UTF-8
    limit("org.apache.avro.limits.collectionItems.maxLength", Mask.MAX_REGIONS); // items
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(),
            type -> type.getPackageName().equals(WIRE_PACKAGE)));
  }

  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }
}
