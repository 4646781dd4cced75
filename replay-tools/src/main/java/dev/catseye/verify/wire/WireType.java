package dev.catseye.verify.wire;

import java.util.List;

/** A type of an Avro schema, as far as our messages use Avro: no maps, no recursion. */
sealed interface WireType {

  /** null, boolean, int, long, float, double, bytes or string. */
  record Primitive(String name) implements WireType {}

  /** {@code size} bytes without a length. */
  record Fixed(String fullName, int size) implements WireType {}

  /** One of the symbols, written as its index. */
  record Symbols(String fullName, List<String> symbols) implements WireType {}

  /** Blocks of items. */
  record Items(WireType items) implements WireType {}

  /** One of the branches, after its index. */
  record Union(List<WireType> branches) implements WireType {}

  /** Fields one after the other. */
  record Fields(String fullName, List<Field> fields) implements WireType {}

  /** One field of a record. */
  record Field(String name, WireType type) {}
}
