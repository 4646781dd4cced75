package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static final FrameId ID = new FrameId("front", "boot-1", 1042, 1_480_000_000_123_456L);

  @Test
  void writtenFrame_isReadBackEqual() {
    Frame frame =
        Frame.sealed(
            ID,
            ClockDomain.UTC,
            2048,
            1024,
            Encoding.JPEG,
            new InlineContent(Bytes.of(new byte[] {1, 2, 3})),
            "drive-07",
            Optional.of("cal-3"),
            OptionalDouble.of(13.5));

    Frame read = Frames.read(Frames.write(frame));

    assertThat(read).isEqualTo(frame);
    assertThat(read.checksumHolds()).isTrue();
  }
}
