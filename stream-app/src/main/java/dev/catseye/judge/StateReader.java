package dev.catseye.judge;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;

/** Reads the fields of stored state in the order in which {@link StateWriter} wrote them. */
final class StateReader {
  private final DataInputStream in;

  /** Reads one value. */
  @FunctionalInterface
  interface Read<T> {
    T read(StateReader in) throws IOException;
  }

  private StateReader(DataInputStream in) {
    this.in = in;
  }

  /** The value in {@code bytes}. */
  static <T> T value(byte[] bytes, Read<T> all) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return all.read(new StateReader(in));
    } catch (IOException | IllegalArgumentException e) {
      throw new SerializationException("stored state: " + e.getMessage(), e);
    }
  }

  long number() throws IOException {
    return in.readLong();
  }

  boolean flag() throws IOException {
    return in.readBoolean();
  }

  double real() throws IOException {
    return in.readDouble();
  }

  String text() throws IOException {
    return in.readUTF();
  }

  <E extends Enum<E>> E constant(Class<E> type) throws IOException {
    return Enum.valueOf(type, in.readUTF());
  }

  <T> List<T> list(Read<T> each) throws IOException {
    List<T> values = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      values.add(each.read(this));
    }
    return values;
  }

  <T> Optional<T> optional(Read<T> each) throws IOException {
    return list(each).stream().findFirst();
  }
}
