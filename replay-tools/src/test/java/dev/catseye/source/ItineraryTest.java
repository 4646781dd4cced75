package dev.catseye.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.FrameId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ItineraryTest {
  private static final CaptureTimes TEN_HERTZ = CaptureTimes.every(Duration.ofMillis(100));
  private static final Itinerary PLAIN =
      new Itinerary("front", Optional.empty(), "", Duration.ofMillis(100));

  @TempDir private Path folder;

  private static Drive drive(String id, String... pictures) {
    return new Drive(
        id,
        Stream.of(pictures)
            .map(each -> new Picture(each, Path.of(each), Optional.empty()))
            .toList());
  }

  @Test
  void eachDrive_isABootThatCountsFromZero_andTimeRunsOn() {
    List<PlannedFrame> frames =
        PLAIN.frames(List.of(drive("one", "a", "b"), drive("two", "c")), TEN_HERTZ);

    assertThat(frames)
        .extracting(PlannedFrame::id)
        .containsExactly(
            new FrameId("front", "one", 0, 0),
            new FrameId("front", "one", 1, 100_000),
            new FrameId("front", "two", 0, 200_000));
    assertThat(frames).extracting(PlannedFrame::driveId).containsExactly("one", "one", "two");
    assertThat(frames).extracting(PlannedFrame::clock).containsOnly(ClockDomain.SEQUENCE_RELATIVE);
  }

  @Test
  void theSameInput_givesTheSameFrames() {
    List<Drive> drives = List.of(drive("one", "a", "b"));
    assertThat(PLAIN.frames(drives, TEN_HERTZ)).isEqualTo(PLAIN.frames(drives, TEN_HERTZ));
  }

  @Test
  void anotherPass_isAnotherBootAndADriveNameIsTaken() {
    Itinerary again = new Itinerary("left", Optional.of("tuesday"), "2", Duration.ofMillis(100));
    PlannedFrame frame = again.frames(List.of(drive("one", "a")), TEN_HERTZ).get(0);
    assertThat(frame.id()).isEqualTo(new FrameId("left", "one.2", 0, 0));
    assertThat(frame.driveId()).isEqualTo("tuesday");
  }

  @Test
  void timesOfDay_stayAsTheyAreWhilePaceCountsFromTheFirst() throws Exception {
    Path file = folder.resolve("times.csv");
    Files.writeString(file, "frame,captured_at\na,1764028800000000\nb,1764028800250000\n");

    List<PlannedFrame> frames =
        PLAIN.frames(List.of(drive("one", "a", "b")), CaptureTimes.read(file));

    assertThat(frames.get(1).id().captureMicros()).isEqualTo(1_764_028_800_250_000L);
    assertThat(frames).extracting(PlannedFrame::offsetMicros).containsExactly(0L, 250_000L);
  }
}
