package dev.catseye.judge;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Writes the fields of stored state one after the other; {@link StateReader} reads them back. */
final class StateWriter {
  private final DataOutputStream out;

  /** Writes one value. */
  @FunctionalInterface
  interface Write<T> {
    void write(T value, StateWriter out) throws IOException;
  }

  /** Writes everything. */
  @FunctionalInterface
  interface WriteAll {
    void write(StateWriter out) throws IOException;
  }

  private StateWriter(DataOutputStream out) {
    this.out = out;
  }

  static byte[] bytes(WriteAll all) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      all.write(new StateWriter(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  void number(long value) throws IOException {
    out.writeLong(value);
  }

  void flag(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  void real(double value) throws IOException {
    out.writeDouble(value);
  }

  void text(String value) throws IOException {
    out.writeUTF(value);
  }

  void constant(Enum<?> value) throws IOException {
    out.writeUTF(value.name());
  }

  <T> void list(List<T> values, Write<T> each) throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      each.write(value, this);
    }
  }

  <T> void optional(Optional<T> value, Write<T> each) throws IOException {
    list(value.stream().toList(), each);
  }
}
