package dev.catseye.verify;

import dev.catseye.schemas.Topic;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A finished run of the real service, record by record as it lay on the topics, for tests that
 * change it. A gzip file: log bounds, committed offsets of both groups, then the records.
 *
 * <p>The test RecordedRunTest of {@code stream-app} makes one with the production topologies, and
 * says how the committed one is made anew.
 */
final class RunTape {
  private static final String RECORDED = "run.tape";

  final List<LogBounds> logs = new ArrayList<>();
  final Map<Integer, Long> committed = new TreeMap<>();
  final Map<Integer, Long> judged = new TreeMap<>();
  final List<RawRecord> records = new ArrayList<>();

  /** A fresh copy of the committed recording. */
  static RunTape recorded() {
    try (InputStream file = RunTape.class.getResourceAsStream(RECORDED)) {
      return read(file);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + RECORDED, e);
    }
  }

  /** The run that the build of {@code stream-app} left behind, if it did. */
  static Optional<RunTape> fresh() throws IOException {
    Path file = Path.of("../stream-app/target/run.tape");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(read(in));
    }
  }

  /** Records of a topic, in their order; all must be readable. */
  <T> List<Entry<T>> of(Topic<T> topic) {
    List<Entry<T>> entries = new ArrayList<>();
    for (RawRecord raw : records) {
      if (raw.place().topic().equals(topic.name())) {
        byte[] value = raw.value().orElseThrow().array();
        entries.add(new Entry<>(raw, topic.serde().deserializer().deserialize("", value)));
      }
    }
    return entries;
  }

  /** A record and what it says. */
  record Entry<T>(RawRecord raw, T value) {}

  /** Puts another value, sealed as it should be, in the place of a record's. */
  <T> void replace(Topic<T> topic, Entry<T> entry, T value) {
    replace(entry.raw(), bytes(topic, value));
  }

  /** Puts other bytes in the place of a record's. */
  void replace(RawRecord raw, byte[] value) {
    records.set(
        records.indexOf(raw),
        new RawRecord(
            raw.place(),
            raw.key(),
            Optional.of(ByteBuffer.wrap(value)),
            raw.headers(),
            raw.appendedMillis()));
  }

  /** Appends a record to its topic, as the last one. */
  <T> void append(Topic<T> topic, String key, T value) {
    append(topic.name(), key, bytes(topic, value));
  }

  /** Appends bytes to a topic, as the last record. */
  void append(String topic, String key, byte[] value) {
    int at = 0;
    while (!logs.get(at).topic().equals(topic)) {
      at++;
    }
    long end = logs.get(at).end();
    logs.set(at, new LogBounds(topic, 0, 0, end + 1, end + 1));
    long now = records.stream().mapToLong(RawRecord::appendedMillis).max().orElseThrow();
    records.add(Recording.record(new Place(topic, 0, end), key, value, now));
  }

  /** Exchanges the places of two records. */
  void swap(RawRecord one, RawRecord other) {
    int first = records.indexOf(one);
    int second = records.indexOf(other);
    records.set(first, Recording.moved(other, one.place()));
    records.set(second, Recording.moved(one, other.place()));
  }

  private static <T> byte[] bytes(Topic<T> topic, T value) {
    return topic.serde().serializer().serialize("", value);
  }

  Verdict judge(RunSettings settings) {
    HistoryBuilder history =
        new HistoryBuilder(TopicNames.withPrefix(""), "catseye-perceive", settings);
    logs.forEach(history::log);
    committed.forEach((p, offset) -> history.committed(p, new GroupOffset(offset, offset)));
    judged.forEach(history::judged);
    history.transactionVersion(2);
    records.forEach(history::record);
    return new Judge(settings).judge(history.build());
  }

  static RunTape read(InputStream file) throws IOException {
    RunTape tape = new RunTape();
    DataInputStream in = new DataInputStream(new GZIPInputStream(file));
    for (int left = in.readInt(); left > 0; left--) {
      tape.logs.add(
          new LogBounds(in.readUTF(), in.readInt(), in.readLong(), in.readLong(), in.readLong()));
    }
    for (Map<Integer, Long> offsets : List.of(tape.committed, tape.judged)) {
      for (int left = in.readInt(); left > 0; left--) {
        offsets.put(in.readInt(), in.readLong());
      }
    }
    for (int left = in.readInt(); left > 0; left--) {
      tape.records.add(readRecord(in));
    }
    return tape;
  }

  private static RawRecord readRecord(DataInputStream in) throws IOException {
    Place place = new Place(in.readUTF(), in.readInt(), in.readLong());
    Optional<ByteBuffer> key = readBytes(in);
    Optional<ByteBuffer> value = readBytes(in);
    Map<String, String> headers = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      headers.put(in.readUTF(), in.readUTF());
    }
    return new RawRecord(place, key, value, headers, in.readLong());
  }

  private static Optional<ByteBuffer> readBytes(DataInputStream in) throws IOException {
    int size = in.readInt();
    return size < 0 ? Optional.empty() : Optional.of(ByteBuffer.wrap(in.readNBytes(size)));
  }
}
