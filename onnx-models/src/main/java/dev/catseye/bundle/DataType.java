package dev.catseye.bundle;

import java.util.Arrays;
import java.util.Optional;

/** Element types that a graph of ours takes or gives. */
public enum DataType {
  /** Unsigned bytes. */
  UINT8("uint8"),
  /** 32-bit floats. */
  FLOAT32("float32");

  private final String word;

  DataType(String word) {
    this.word = word;
  }

  /** The type's name in {@code bundle.json}. */
  public String word() {
    return word;
  }

  static Optional<DataType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }
}
