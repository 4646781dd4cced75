package dev.catseye.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Origin;
import dev.catseye.testkit.Pictures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class HeldFramesTest {
  private static final byte[] VALUE = new byte[1 << 20];

  private final HeldFrames held =
      new HeldFrames(camera -> Map.of("front", 3).getOrDefault(camera, 1));

  private static TopicPartition partition(int number) {
    return new TopicPartition("frames", number);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      int partition, long offset, String key, FrameId frame) {
    RecordHeaders headers = new RecordHeaders();
    Frame whole = Pictures.frame(frame, Encoding.JPEG, 16, 8, new byte[] {1});
    FrameHeaders.write(whole, headers);
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>(
        "frames",
        partition,
        offset,
        1000 + offset,
        TimestampType.LOG_APPEND_TIME,
        name.length,
        VALUE.length,
        name,
        VALUE,
        headers,
        Optional.of(4));
  }

  private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String camera) {
    return record(partition, offset, camera, new FrameId(camera, "boot", offset, 1_000 + offset));
  }

  private static ConsumerRecords<byte[], byte[]> fetched(
      int partition, long end, List<ConsumerRecord<byte[], byte[]>> records) {
    return new ConsumerRecords<>(
        records.isEmpty() ? Map.of() : Map.of(partition(partition), records),
        Map.of(partition(partition), new OffsetAndMetadata(end, Optional.of(4), "")));
  }

  private List<Long> offsetsOf(int count) {
    List<Long> offsets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      held.next().forEach(record -> offsets.add(record.offset()));
    }
    return offsets;
  }

  private List<Integer> partitionsOf(int count) {
    List<Integer> partitions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      held.next().forEach(record -> partitions.add(record.partition()));
    }
    return partitions;
  }

  private boolean newerWaits(int partition, FrameId frame) {
    return held.newerWaits(new Origin("frames", partition, 0), frame, Long.MAX_VALUE);
  }

  @Test
  void records_areHandedOverOneByOne_inTheirOrder() {
    held.add(fetched(0, 8, List.of(record(0, 5, "a"), record(0, 6, "a"), record(0, 7, "a"))));
    assertThat(offsetsOf(4)).containsExactly(5L, 6L, 7L);
    assertThat(held.hasNext()).isFalse();
  }

  @Test
  void onlyWhatWasHandedOver_countsAsConsumed() {
    held.add(
        fetched(0, 12, List.of(record(0, 5, "a"), record(0, 7, "a")))); // markers at 6 and 8 to 11
    assertThat(held.position(partition(0))).contains(5L);
    assertThat(held.next().nextOffsets())
        .isEqualTo(Map.of(partition(0), new OffsetAndMetadata(7, Optional.of(4), "")));
    assertThat(held.position(partition(0))).contains(7L);
    assertThat(held.next().nextOffsets())
        .isEqualTo(Map.of(partition(0), new OffsetAndMetadata(12, Optional.of(4), "")));
    assertThat(held.position(partition(0))).isEmpty();
    assertThat(held.next().nextOffsets()).isEmpty();
  }

  @Test
  void markersWithoutRecords_countAsConsumed_onceNothingWaitsBeforeThem() {
    held.add(fetched(0, 6, List.of(record(0, 5, "a"))));
    held.add(fetched(0, 9, List.of()));
    assertThat(held.next().nextOffsets().get(partition(0)).offset()).isEqualTo(9);
    held.add(fetched(0, 11, List.of()));
    assertThat(held.next().nextOffsets().get(partition(0)).offset()).isEqualTo(11);
  }

  @Test
  void newerFrame_isOneOfTheSameCameraAndBootWithAHigherSequence() {
    held.add(
        fetched(
            0,
            9,
            List.of(
                record(0, 5, "a", new FrameId("a", "boot", 50, 1)),
                record(0, 6, "b", new FrameId("b", "boot", 99, 1)),
                record(0, 7, "a", new FrameId("a", "other", 99, 1)),
                record(0, 8, "liar", new FrameId("c", "boot", 99, 1)))));
    assertThat(newerWaits(0, new FrameId("a", "boot", 49, 1))).isTrue();
    assertThat(newerWaits(0, new FrameId("a", "boot", 50, 1))).isFalse();
    assertThat(newerWaits(0, new FrameId("a", "gone", 0, 1))).isFalse();
    assertThat(newerWaits(0, new FrameId("c", "boot", 0, 1))).isFalse(); // key and headers differ
    assertThat(newerWaits(1, new FrameId("a", "boot", 49, 1))).isFalse();
    held.next();
    assertThat(newerWaits(0, new FrameId("a", "boot", 49, 1))).isFalse();
  }

  @Test
  void newerFrame_countsOnlyIfItWasThereByThen() {
    held.add(fetched(0, 7, List.of(record(0, 6, "a")))); // appended at 1006
    FrameId older = new FrameId("a", "boot", 5, 1);
    Origin origin = new Origin("frames", 0, 5);
    assertThat(held.newerWaits(origin, older, 1005)).isFalse();
    assertThat(held.newerWaits(origin, older, 1006)).isTrue();
  }

  @Test
  void headOfAPartition_isTheNewestKnown_whenNoneOfItsCameraIsBehindIt() {
    held.add(fetched(0, 7, List.of(record(0, 5, "a"), record(0, 6, "a"))));
    assertThat(held.nextIsNewestOf()).isEmpty();
    held.next();
    assertThat(held.nextIsNewestOf()).contains(partition(0));
    held.next();
    assertThat(held.nextIsNewestOf()).isEmpty();
  }

  @Test
  void partitions_takeTurnsByWeight() {
    for (int offset = 0; offset < 12; offset++) { // other boots: none is stale
      held.add(
          fetched(
              0, 99, List.of(record(0, offset, "rear", new FrameId("rear", "" + offset, 0, 1)))));
      held.add(
          fetched(
              1, 99, List.of(record(1, offset, "front", new FrameId("front", "" + offset, 0, 1)))));
    }
    List<Integer> turns = partitionsOf(16);
    assertThat(turns.stream().filter(number -> number == 1).count()).isEqualTo(12);
    assertThat(turns.subList(0, 8)).filteredOn(number -> number == 0).hasSize(2);
  }

  @Test
  void staleFrames_doNotKeepOthersFromTheirTurn() {
    held.add(fetched(0, 99, records(0, 50, "rear")));
    held.add(fetched(1, 99, records(1, 2, "left")));
    List<Integer> turns = partitionsOf(52);
    assertThat(turns.indexOf(1)).isLessThanOrEqualTo(2);
    assertThat(turns.lastIndexOf(1)).isLessThan(20);
  }

  @Test
  void silence_savesNoTurnsUp() {
    held.add(fetched(0, 99, records(0, 3, "rear")));
    partitionsOf(3);
    for (int offset = 10; offset < 14; offset++) {
      held.add(
          fetched(
              0, 99, List.of(record(0, offset, "rear", new FrameId("rear", "" + offset, 0, 1)))));
      held.add(
          fetched(
              1, 99, List.of(record(1, offset, "left", new FrameId("left", "" + offset, 0, 1)))));
    }
    assertThat(partitionsOf(4)).filteredOn(number -> number == 1).hasSize(2);
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(
      int partition, int count, String camera) {
    return LongStream.range(0, count)
        .mapToObj(offset -> record(partition, offset, camera))
        .toList();
  }

  @Test
  void stoppedPartition_isLeftOut_andGoesOnWhereItStopped() {
    held.add(fetched(0, 7, List.of(record(0, 5, "a"), record(0, 6, "a"))));
    held.stop(Set.of(partition(0)));
    assertThat(held.next()).isEmpty();
    assertThat(held.hasNext()).isFalse();
    assertThat(held.stopped()).containsExactly(partition(0));
    held.goOn(Set.of(partition(0)));
    assertThat(offsetsOf(2)).containsExactly(5L, 6L);
  }

  @Test
  void stoppedPartition_tellsNoOffsets() {
    held.stop(Set.of(partition(0)));
    held.add(fetched(0, 7, List.of()));
    assertThat(held.next().nextOffsets()).isEmpty();
    held.goOn(Set.of(partition(0)));
    assertThat(held.next().nextOffsets()).containsKey(partition(0));
  }

  @Test
  void rewoundPartition_forgetsWhatWaited_andStaysStopped() {
    held.stop(Set.of(partition(0)));
    held.add(fetched(0, 7, List.of(record(0, 5, "a"), record(0, 6, "a"))));
    held.rewind(partition(0));
    held.add(fetched(0, 4, List.of(record(0, 3, "a"))));
    held.goOn(Set.of(partition(0)));
    assertThat(offsetsOf(2)).containsExactly(3L);
  }

  @Test
  void droppedPartition_isForgottenAltogether() {
    held.stop(Set.of(partition(0)));
    held.add(fetched(0, 7, List.of(record(0, 5, "a"), record(0, 6, "a"))));
    held.drop(Set.of(partition(0)));
    assertThat(held.stopped()).isEmpty();
    assertThat(held.next()).isEmpty();
    assertThat(newerWaits(0, new FrameId("a", "boot", 5, 1))).isFalse();
  }

  @Test
  void bytesBeyondTheBound_fillIt_untilTheyAreHandedOver() {
    for (int offset = 0; offset < 31; offset++) {
      held.add(fetched(0, 99, List.of(record(0, offset, "a"))));
    }
    assertThat(held.isFull()).isFalse();
    held.add(fetched(1, 99, List.of(record(1, 0, "b"))));
    assertThat(held.isFull()).isTrue();
    held.next();
    assertThat(held.isFull()).isFalse();
  }

  /** Whatever is fetched, stopped and handed over when: nothing is lost, doubled or ahead. */
  @Property(tries = 200)
  void anyCourse_handsOverEachRecordOnce_inOrder(@ForAll long seed) {
    Random random = new Random(seed);
    HeldFrames frames = new HeldFrames(camera -> 1);
    long[] fetched = new long[3];
    long[] handed = new long[3];
    for (int step = 0; step < 200; step++) {
      int number = random.nextInt(3);
      switch (random.nextInt(4)) {
        case 0 -> frames.stop(Set.of(partition(number)));
        case 1 -> frames.goOn(Set.of(partition(number)));
        case 2 ->
            frames.add(
                fetched(
                    number, fetched[number] + 1, List.of(record(number, fetched[number]++, "a"))));
        default -> {
          ConsumerRecords<byte[], byte[]> next = frames.next();
          assertThat(next.count()).isLessThanOrEqualTo(1);
          next.forEach(
              record -> assertThat(record.offset()).isEqualTo(handed[record.partition()]++));
          next.nextOffsets()
              .forEach((of, end) -> assertThat(end.offset()).isEqualTo(handed[of.partition()]));
        }
      }
    }
  }
}
