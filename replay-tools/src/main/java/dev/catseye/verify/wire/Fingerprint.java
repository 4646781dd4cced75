package dev.catseye.verify.wire;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The 64-bit Rabin fingerprint by which a single-object message names its schema: CRC-64-AVRO over
 * the parsing canonical form. Source: Avro specification 1.12, "Parsing Canonical Form for Schemas"
 * and "Schema Fingerprints".
 */
final class Fingerprint {
  private static final long EMPTY = 0xc15d213aa4d7a795L;

  private final Set<String> defined = new HashSet<>();

  private Fingerprint() {}

  static long of(WireType type) {
    return crc64(canonical(type).getBytes(StandardCharsets.UTF_8));
  }

  static String canonical(WireType type) {
    return new Fingerprint().form(type);
  }

  static long crc64(byte[] bytes) {
    long crc = EMPTY;
    for (byte next : bytes) {
      crc ^= next & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ (EMPTY & -(crc & 1));
      }
    }
    return crc;
  }

  private String form(WireType type) {
    if (type instanceof WireType.Primitive primitive) {
      return quoted(primitive.name());
    }
    if (type instanceof WireType.Items array) {
      return "{\"type\":\"array\",\"items\":%s}".formatted(form(array.items()));
    }
    if (type instanceof WireType.Union union) {
      return list(union.branches(), this::form);
    }
    return namedForm(type);
  }

  private String namedForm(WireType type) {
    if (type instanceof WireType.Fixed fixed) {
      return once(fixed.fullName(), "fixed", "\"size\":" + fixed.size());
    }
    if (type instanceof WireType.Symbols symbols) {
      String list = list(symbols.symbols(), Fingerprint::quoted);
      return once(symbols.fullName(), "enum", "\"symbols\":" + list);
    }
    WireType.Fields record = (WireType.Fields) type;
    if (!defined.add(record.fullName())) {
      return quoted(record.fullName());
    }
    String fields = list(record.fields(), this::field);
    return definition(record.fullName(), "record", "\"fields\":" + fields);
  }

  private String field(WireType.Field field) {
    return "{\"name\":%s,\"type\":%s}".formatted(quoted(field.name()), form(field.type()));
  }

  /** A definition where the name occurs first, the name alone afterwards. */
  private String once(String name, String kind, String attribute) {
    return defined.add(name) ? definition(name, kind, attribute) : quoted(name);
  }

  private static String definition(String name, String kind, String attribute) {
    return "{\"name\":%s,\"type\":\"%s\",%s}".formatted(quoted(name), kind, attribute);
  }

  private static <T> String list(List<T> items, Function<T, String> form) {
    return items.stream().map(form).collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
