package dev.catseye.verify;

import dev.catseye.schemas.Box;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.InlineContent;
import dev.catseye.schemas.MapEncoding;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.Serdes;
import dev.catseye.schemas.StageMicros;
import dev.catseye.schemas.Summary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A run as it lies on the topics, written by the service's own serdes: two cameras on two
 * partitions, 12 frames each, offsets with gaps as transactions leave them. Frame 5 of each camera
 * has a broken payload, frame 9 is no record at all, frame 7 of the second camera was shed for the
 * next one. A frame comes every 100 ms, its mask 80 ms later, that of the shed one 20 ms after the
 * next frame. Tests change the copy they hold.
 */
final class Recording {
  static final TopicNames TOPICS = TopicNames.withPrefix("");
  static final String BUNDLE = "ab".repeat(32);
  static final Map<String, String> SETTINGS = Map.of("region.min-area-px", "1");
  static final Region REGION = new Region(new Box(34, 0, 2, 2), 4, 0.8f, OptionalDouble.empty());
  static final int FRAMES = 12;
  static final int DAMAGED = 5;
  static final int GARBAGE = 9;
  static final int SHED = 7;

  final List<RawRecord> frames = new ArrayList<>();
  final List<RawRecord> masks = new ArrayList<>();
  final List<RawRecord> rejects = new ArrayList<>();
  final List<RawRecord> alarms = new ArrayList<>();
  final List<RawRecord> health = new ArrayList<>();
  final List<RawRecord> heartbeats = new ArrayList<>();
  final List<RawRecord> aborted = new ArrayList<>();
  final List<LogBounds> logs = new ArrayList<>();
  final List<GroupOffset> committed = new ArrayList<>();
  int transactionVersion = 2;

  private Recording() {}

  static Recording clean() {
    Recording run = new Recording();
    for (int partition = 0; partition < 2; partition++) {
      for (int i = 0; i < FRAMES; i++) {
        run.addFrame(partition, i);
      }
      run.committed.add(new GroupOffset(2 * FRAMES, 2 * FRAMES));
      run.logs.add(new LogBounds("frames", partition, 0, 2 * FRAMES, 2 * FRAMES));
      run.logs.add(new LogBounds("masks", partition, 0, 4 * FRAMES, 4 * FRAMES));
      run.logs.add(new LogBounds("rejects", partition, 0, 4 * FRAMES, 4 * FRAMES));
    }
    return run;
  }

  Verdict judge() {
    return judge(Set.of());
  }

  Verdict judge(Set<String> bundles) {
    return judge(bundles, RunProfile.LIVE);
  }

  Verdict judge(Set<String> bundles, RunProfile profile) {
    return judge(RunSettings.of(profile, SETTINGS).madeBy(bundles, Set.of()));
  }

  private Verdict judge(RunSettings settings) {
    HistoryBuilder history = new HistoryBuilder(TOPICS, "catseye-perceive", settings);
    logs.forEach(history::log);
    for (int partition = 0; partition < committed.size(); partition++) {
      history.committed(partition, committed.get(partition));
    }
    history.transactionVersion(transactionVersion);
    List.of(frames, masks, rejects, alarms, health, heartbeats)
        .forEach(records -> records.forEach(history::record));
    aborted.forEach(history::aborted);
    return new Judge(settings).judge(history.build());
  }

  /** The mask at {@code index}, read, for changing. */
  Mask mask(int index) {
    RawRecord raw = masks.get(index);
    return Serdes.mask().deserializer().deserialize("masks", raw.value().orElseThrow().array());
  }

  /** Puts another mask, sealed anew, in the place of the one at {@code index}. */
  void replaceMask(int index, Mask mask) {
    RawRecord old = masks.get(index);
    masks.set(index, record(old.place(), old.keyText(), bytes(mask), old.appendedMillis()));
  }

  /** Writes another mask behind all others of its partition. */
  void appendMask(int partition, Mask mask) {
    Place place = new Place("masks", partition, 4 * FRAMES - 1);
    masks.add(record(place, camera(partition), bytes(mask), 100 * FRAMES));
  }

  /** Flips one bit of a record's value. */
  static RawRecord flipped(RawRecord raw, int bit) {
    byte[] value = raw.value().orElseThrow().array().clone();
    value[bit / 8] ^= (byte) (1 << bit % 8);
    return new RawRecord(
        raw.place(),
        raw.key(),
        Optional.of(ByteBuffer.wrap(value)),
        raw.headers(),
        raw.appendedMillis());
  }

  /** The same record, appended at another time. */
  static RawRecord appendedAt(RawRecord raw, long millis) {
    return new RawRecord(raw.place(), raw.key(), raw.value(), raw.headers(), millis);
  }

  /** The same record with other headers. */
  static RawRecord withHeaders(RawRecord raw, Map<String, String> headers) {
    return new RawRecord(raw.place(), raw.key(), raw.value(), headers, raw.appendedMillis());
  }

  /** The same record at another place. */
  static RawRecord moved(RawRecord raw, Place place) {
    return new RawRecord(place, raw.key(), raw.value(), raw.headers(), raw.appendedMillis());
  }

  /** The same record with one byte sequence replaced and its seal made good again. */
  static RawRecord resealed(RawRecord raw, String oldHex, String newHex) {
    byte[] value = raw.value().orElseThrow().array();
    String hex = HexFormat.of().formatHex(value, 0, value.length - 4);
    byte[] body = HexFormat.of().parseHex(hex.replace(oldHex, newHex));
    CRC32C crc = new CRC32C();
    crc.update(body);
    ByteBuffer sealed = ByteBuffer.allocate(value.length).put(body).putInt((int) crc.getValue());
    return new RawRecord(
        raw.place(), raw.key(), Optional.of(sealed.flip()), raw.headers(), raw.appendedMillis());
  }

  /** Puts the bytes of a frame on rejects. */
  void addReject(RawRecord frame, Place place, Reason reason) {
    Map<String, String> headers =
        Map.of(
            "origin_topic", frame.place().topic(),
            "origin_partition", Integer.toString(frame.place().partition()),
            "origin_offset", Long.toString(frame.place().offset()),
            "reason", reason.name());
    rejects.add(
        new RawRecord(place, frame.key(), frame.value(), headers, frame.appendedMillis() + 80));
  }

  private void addFrame(int partition, int index) {
    Frame frame = frame(partition, index);
    byte[] value = Frames.write(frame);
    boolean rejected = index == DAMAGED || index == GARBAGE;
    if (index == DAMAGED) {
      value[value.length - 10] ^= 1; // within the payload, which stands before drive and checksum
    } else if (index == GARBAGE) {
      value = "no record at all".getBytes(StandardCharsets.UTF_8);
    }
    Place place = new Place("frames", partition, 2L * index);
    frames.add(record(place, camera(partition), value, 100L * index));
    Place outcome = new Place("masks", partition, 3L * index);
    boolean shed = isShed(partition, index);
    long settled = 100L * index + (shed ? 120 : 80);
    masks.add(record(outcome, camera(partition), bytes(mask(frame, place, index)), settled));
    if (rejected) {
      addReject(
          frames.get(frames.size() - 1),
          new Place("rejects", partition, 3L * index),
          index == GARBAGE ? Reason.SCHEMA : Reason.CHECKSUM);
    }
  }

  /** Frame {@code index} of the camera of a partition. */
  static Frame frame(int partition, int index) {
    byte[] payload =
        ("picture " + index + " of camera " + partition).getBytes(StandardCharsets.UTF_8);
    return Frame.sealed(
        new FrameId(camera(partition), "boot", index, 1_000_000L + index * 100_000L),
        ClockDomain.UTC,
        64,
        32,
        Encoding.PNG,
        new InlineContent(Bytes.of(payload)),
        "",
        Optional.empty(),
        OptionalDouble.empty());
  }

  private static boolean isShed(int partition, int index) {
    return partition == 1 && index == SHED;
  }

  /** What a sound service says of that frame. */
  static Mask mask(Frame frame, Place place, int index) {
    boolean garbage = index == GARBAGE;
    boolean shed = isShed(place.partition(), index);
    boolean detected = !garbage && index != DAMAGED && !shed;
    Reason reason =
        garbage ? Reason.SCHEMA : detected ? Reason.NONE : shed ? Reason.STALE : Reason.CHECKSUM;
    byte[] samples = new byte[32 * 16];
    samples[17] = (byte) 204;
    long payloadCrc = ((InlineContent) frame.content()).bytes().crc32c();
    return new Mask(
        garbage ? Optional.empty() : Optional.of(frame.id()),
        garbage ? OptionalInt.empty() : OptionalInt.of(64),
        garbage ? OptionalInt.empty() : OptionalInt.of(32),
        "",
        new Origin(place.topic(), place.partition(), place.offset()),
        camera(place.partition()),
        detected ? Outcome.DETECTED : shed ? Outcome.SHED : Outcome.REJECTED,
        reason,
        "",
        false,
        "CPU",
        "entropy",
        BUNDLE,
        detected
            ? Optional.of(ScoreMap.encode(samples, 32, 16, 8, MapEncoding.LZ4, 2, 2))
            : Optional.empty(),
        detected ? List.of(REGION) : List.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        detected ? OptionalLong.of(payloadCrc) : OptionalLong.empty(),
        detected ? Optional.of(new Summary(0.8f, 0.8f / 512, 1f / 512, 0.5f)) : Optional.empty(),
        new StageMicros(1, 2, 3, 4, 5, 6),
        2_000_000L + index,
        "instance-1");
  }

  private static String camera(int partition) {
    return "camera-" + partition;
  }

  private static byte[] bytes(Mask mask) {
    return Serdes.mask().serializer().serialize("masks", mask);
  }

  /** A record as it came from Kafka. */
  static RawRecord record(Place place, String key, byte[] value, long appendedMillis) {
    return new RawRecord(
        place,
        Optional.of(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8))),
        Optional.of(ByteBuffer.wrap(value)),
        Map.of(),
        appendedMillis);
  }
}
