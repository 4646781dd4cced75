package dev.catseye.app;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.header.Headers;

/**
 * A finished run record by record, for the tests of {@code catseye verify}, which read it with a
 * class of the same name. A gzip file in the order of {@link java.io.DataOutput}: the log bounds,
 * the committed offsets of perceive and of judge, the records. One partition, number 0.
 */
final class RunTape {
  private final Map<String, Long> ends = new TreeMap<>(); // by topic
  private final List<byte[]> records = new ArrayList<>();

  /** A topic of the run, which may stay empty. */
  void topic(String name) {
    ends.put(name, 0L);
  }

  /** Offset of the next record of a topic. */
  long end(String topic) {
    return ends.get(topic);
  }

  /**
   * Appends a record.
   *
   * @param markers offsets that the markers of its transaction take behind it
   * @param appendedMillis milliseconds since 1970-01-01 UTC
   */
  void add(
      String topic, String key, byte[] value, Headers headers, int markers, long appendedMillis)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(topic);
      out.writeInt(0);
      out.writeLong(end(topic));
      write(key.getBytes(StandardCharsets.UTF_8), out);
      write(value, out);
      Map<String, String> texts = new TreeMap<>();
      headers.forEach(
          header -> texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
      out.writeInt(texts.size());
      for (Map.Entry<String, String> text : texts.entrySet()) {
        out.writeUTF(text.getKey());
        out.writeUTF(text.getValue());
      }
      out.writeLong(appendedMillis);
    }
    records.add(bytes.toByteArray());
    ends.merge(topic, 1L + markers, Long::sum);
  }

  /** Writes the run, all of whose frames and masks were worked on. */
  void write(Path file, String frames, String masks) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(ends.size());
      for (Map.Entry<String, Long> end : ends.entrySet()) {
        out.writeUTF(end.getKey());
        out.writeInt(0);
        out.writeLong(0);
        out.writeLong(end.getValue());
        out.writeLong(end.getValue());
      }
      for (String consumed : List.of(frames, masks)) {
        out.writeInt(1);
        out.writeInt(0);
        out.writeLong(end(consumed));
      }
      out.writeInt(records.size());
      for (byte[] record : records) {
        out.write(record);
      }
    }
  }

  private static void write(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
