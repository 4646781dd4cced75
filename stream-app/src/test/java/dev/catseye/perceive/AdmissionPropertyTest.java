package dev.catseye.perceive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.testkit.Pictures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.streams.KeyValue;

/** Conservation under everything a wire does to frames, and under crashes. */
class AdmissionPropertyTest {
  private static final byte[] PICTURE = Pictures.file("jpg", 16, 8, 1);

  /** What one outcome says, apart from where and when. */
  private record Line(Optional<FrameId> frame, Outcome outcome, Reason reason, String detail) {
    static Line of(Mask mask) {
      return new Line(mask.frame(), mask.outcome(), mask.reason(), mask.detail());
    }
  }

  @Property(tries = 60)
  void crashesAnywhere_changeNoOutcome_andNoneIsLostOrDoubled(@ForAll @LongRange long seed) {
    Random random = new Random(seed);
    List<byte[]> sent = stream(random);

    List<Line> undisturbed = run(sent, List.of()).lines;
    assertThat(undisturbed).hasSameSizeAs(sent);

    List<Line> lines = new ArrayList<>();
    List<KeyValue<String, byte[]>> committed = new ArrayList<>();
    int done = 0;
    while (done < sent.size()) {
      int end = done + 1 + random.nextInt(sent.size() - done);
      Run run = run(sent.subList(done, end), committed);
      if (random.nextInt(3) > 0) { // committed; else it crashed, and nothing of it stays
        lines.addAll(run.lines);
        committed.addAll(run.changes);
        done = end;
      }
    }
    assertThat(lines).isEqualTo(undisturbed);
  }

  private record Run(List<Line> lines, List<KeyValue<String, byte[]>> changes) {}

  /** One life of an instance: restored, fed, gone. */
  private static Run run(List<byte[]> messages, List<KeyValue<String, byte[]>> restored) {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.restore(restored);
      messages.forEach(message -> app.frames.pipeInput("front", message));
      List<Line> lines = app.readMasks().stream().map(Line::of).toList();
      return new Run(lines, app.changes());
    }
  }

  /** Frames of one camera with duplicates, gaps, reorder, restarts, clock faults and damage. */
  private static List<byte[]> stream(Random random) {
    List<byte[]> sent = new ArrayList<>();
    String boot = "boot-0";
    long sequence = random.nextInt(5);
    long capture = 1_000_000_000;
    for (int i = 0; i < 40; i++) {
      switch (random.nextInt(10)) {
        case 0 -> sequence += random.nextInt(80); // a gap, at times longer than the window
        case 1 -> {
          boot = "boot-" + random.nextInt(4); // at times one that was there before
          sequence = random.nextInt(3);
        }
        case 2 -> capture -= random.nextInt(1_000_000);
        case 3 -> sent.add(sent.isEmpty() ? new byte[0] : sent.get(random.nextInt(sent.size())));
        default -> {}
      }
      byte[] message = message(boot, sequence, capture);
      if (random.nextInt(12) == 0) {
        message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
      }
      sent.add(message);
      sequence++;
      capture += 100_000;
      if (random.nextInt(6) == 0 && sent.size() > 3) {
        Collections.swap(sent, sent.size() - 1, sent.size() - 2 - random.nextInt(2));
      }
    }
    return sent;
  }

  private static byte[] message(String boot, long sequence, long capture) {
    Frame frame =
        Pictures.frame(
            new FrameId("front", boot, sequence, capture), Encoding.JPEG, 16, 8, PICTURE);
    return Frames.write(frame);
  }
}
