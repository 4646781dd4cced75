package dev.catseye.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.schemas.ClockDomain;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaptureTimesTest {
  @TempDir private Path folder;

  private CaptureTimes read(String... lines) throws IOException {
    return CaptureTimes.read(
        Files.writeString(folder.resolve("times.csv"), String.join("\n", lines) + "\n"));
  }

  private static Drive drive(String... ids) {
    return new Drive(
        "drive", Stream.of(ids).map(id -> new Picture(id, Path.of(id), Optional.empty())).toList());
  }

  @Test
  void aPeriod_countsFromZero() {
    CaptureTimes times = CaptureTimes.every(Duration.ofMillis(40));
    assertThat(times.clock()).isEqualTo(ClockDomain.SEQUENCE_RELATIVE);
    assertThat(times.of(drive("a", "b", "c"))).containsExactly(0, 40_000, 80_000);
  }

  @Test
  void aFile_givesEachFrameItsTimeInAnyOrder() throws IOException {
    CaptureTimes times = read("frame,capture_micros", "b,99000", "a,0", "unused,5");
    assertThat(times.clock()).isEqualTo(ClockDomain.MONOTONIC);
    assertThat(times.of(drive("a", "b"))).containsExactly(0, 99_000);
  }

  @Test
  void anotherHeading_meansTimeOfDay() throws IOException {
    CaptureTimes times = read("frame,captured_at", "a,1764028800000000");
    assertThat(times.clock()).isEqualTo(ClockDomain.UTC);
    assertThat(times.of(drive("a"))).containsExactly(1_764_028_800_000_000L);
  }

  @Test
  void noHeading_isRefused() {
    assertThatThrownBy(() -> read("a,0"))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining(
            "the first line must be 'frame,capture_micros' or 'frame,captured_at'");
  }

  @Test
  void allMistakesInAFile_areTold() {
    assertThatThrownBy(() -> read("frame,capture_micros", "a,0", "b,soon", "c", "a,7", "d,-1"))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("times.csv: 4 mistakes: ")
        .hasMessageContaining("line 3: 'soon' is no number of microseconds")
        .hasMessageContaining("line 4: '' is no number")
        .hasMessageContaining("line 5: frame a a second time")
        .hasMessageContaining("line 6: '-1' is no number");
  }

  @Test
  void aFrameWithoutATime_isNamed() throws IOException {
    CaptureTimes times = read("frame,capture_micros", "a,0");
    assertThatThrownBy(() -> times.of(drive("a", "b")))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("no time for frame b");
  }

  @Test
  void timesThatDoNotRise_areNamed() throws IOException {
    CaptureTimes times = read("frame,capture_micros", "a,5", "b,5", "c,4");
    assertThatThrownBy(() -> times.of(drive("a", "b", "c")))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("2 mistakes")
        .hasMessageContaining("frame b at 5 us, not after the one before it at 5 us");
  }
}
