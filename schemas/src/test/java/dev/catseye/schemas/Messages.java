package dev.catseye.schemas;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.kafka.common.serialization.Serde;

/** Messages of the sample records, and ways to spoil them. */
final class Messages {
  private Messages() {}

  /** Serde and message of each sealed sample, by name. */
  static Map<String, Sample<?>> all() {
    Map<String, Sample<?>> all = new TreeMap<>();
    all.put("mask", new Sample<>(Serdes.mask(), Samples.mask()));
    all.put("rejected mask", new Sample<>(Serdes.mask(), Samples.rejected()));
    all.put("trust", new Sample<>(Serdes.trust(), Samples.trust()));
    all.put("alarm", new Sample<>(Serdes.alarm(), Samples.alarm()));
    all.put("health", new Sample<>(Serdes.health(), Samples.health()));
    all.put("heartbeat", new Sample<>(Serdes.heartbeat(), Samples.heartbeat()));
    all.put("ground truth", new Sample<>(Serdes.groundTruth(), Samples.groundTruth()));
    return all;
  }

  /** A sample and its serde. */
  record Sample<T>(Serde<T> serde, T value) {
    byte[] message() {
      return serde.serializer().serialize("topic", value);
    }

    T read(byte[] message) {
      return serde.deserializer().deserialize("topic", message);
    }
  }

  /** The message with a seal that fits whatever its bytes say. */
  static byte[] reseal(byte[] message) {
    byte[] copy = message.clone();
    CRC32C crc = new CRC32C();
    crc.update(copy, 0, copy.length - 4);
    ByteBuffer.wrap(copy).putInt(copy.length - 4, (int) crc.getValue());
    return copy;
  }

  static byte[] flipBit(byte[] message, int bit) {
    byte[] flipped = message.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  static int indexOf(byte[] message, byte[] part) {
    for (int at = 0; at + part.length <= message.length; at++) {
      if (Arrays.equals(message, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new AssertionError("part not found");
  }
}
