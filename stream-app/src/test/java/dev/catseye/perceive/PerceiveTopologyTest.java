package dev.catseye.perceive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.catseye.detect.Detection;
import dev.catseye.image.RgbPlane;
import dev.catseye.schemas.Box;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.ReferenceContent;
import dev.catseye.schemas.RejectHeaders;
import dev.catseye.schemas.Topics;
import dev.catseye.testkit.Pictures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class PerceiveTopologyTest {
  private static final Instant APPENDED = Instant.parse("2026-11-25T12:00:00Z");

  private static Frame frame(long sequence) {
    return Pictures.frame("front", sequence, Harness.NOW - 500_000);
  }

  private static Frame withPayload(Encoding encoding, int width, int height, byte[] payload) {
    return Pictures.frame(
        new FrameId("front", "boot-1", 1, Harness.NOW), encoding, width, height, payload);
  }

  private static Mask onlyMask(Harness app) {
    List<Mask> masks = app.readMasks();
    assertThat(masks).hasSize(1);
    return masks.get(0);
  }

  private static void assertRejected(Harness app, Reason reason, String... inDetail) {
    Mask mask = onlyMask(app);
    assertThat(mask.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(mask.reason()).isEqualTo(reason);
    assertThat(mask.detail()).contains(inDetail);
  }

  @Test
  void topology_isThePictureOfTheDesign() {
    Topics topics = Topics.withPrefix("");
    assertThat(PerceiveTopology.build(topics, Harness.setup()).describe().toString())
        .isEqualTo(
            """
            Topologies:
               Sub-topology: 0
                Source: frames (topics: [frames])
                  --> admit
                Processor: admit (stores: [seen-frames])
                  --> decode
                  <-- frames
                Processor: decode (stores: [])
                  --> detect
                  <-- admit
                Processor: detect (stores: [])
                  --> settle
                  <-- decode
                Processor: settle (stores: [seen-frames])
                  --> only-rejected, mask
                  <-- detect
                Processor: only-rejected (stores: [])
                  --> dead-letter
                  <-- settle
                Processor: dead-letter (stores: [])
                  --> rejects
                  <-- only-rejected
                Processor: mask (stores: [])
                  --> masks
                  <-- settle
                Sink: masks (topic: masks)
                  <-- mask
                Sink: rejects (topic: rejects)
                  <-- dead-letter

            """);
  }

  @Test
  void soundFrame_isDetectedWithItsRegion() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(2))) {
      app.send(frame(1));

      Mask mask = onlyMask(app);
      assertThat(mask.outcome()).isEqualTo(Outcome.DETECTED);
      assertThat(mask.frame()).contains(frame(1).id());
      assertThat(mask.origin()).isEqualTo(new Origin("frames", 0, 0));
      assertThat(mask.regions())
          .singleElement()
          .satisfies(region -> assertThat(region.box()).isEqualTo(new Box(0, 16, 32, 16)))
          .satisfies(region -> assertThat(region.drivableFraction()).hasValue(1.0));
      assertThat(mask.summary().orElseThrow().fractionAbove()).isEqualTo(2 / 32f);
      assertThat(mask.summary().orElseThrow().maxScore()).isEqualTo(0.8f);
      assertThat(mask.scoreMap().orElseThrow().scaleX()).isEqualTo(16);
      assertThat(mask.payloadChecksum()).isPresent();
      assertThat(mask.pictureSpread().orElseThrow()).isPositive();
      assertThat(mask.provider()).isEqualTo("CPU");
      assertThat(app.rejects.isEmpty()).isTrue();
    }
  }

  @Test
  void moreRegionsThanAllowed_keepTheStrongest() {
    try (Harness app = Harness.withDetector(picture -> Harness.speckles())) {
      app.send(frame(1));
      assertThat(onlyMask(app).regions()).hasSize(4);
    }
  }

  @Test
  void frameOfAnotherSizeInMidStream_isFine() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(1))) {
      app.send(frame(1));
      byte[] larger = Pictures.file("png", 200, 120, 7);
      app.send(
          Pictures.frame(
              new FrameId("front", "boot-1", 2, Harness.NOW), Encoding.PNG, 200, 120, larger));
      assertThat(app.readMasks())
          .hasSize(2)
          .allSatisfy(mask -> assertThat(mask.detail()).isEmpty());
    }
  }

  @Test
  void frameOfOneColour_isDetected() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(withPayload(Encoding.PNG, 64, 32, Pictures.plainFile("png", 64, 32, 0)));
      Mask mask = onlyMask(app);
      assertThat(mask.outcome()).isEqualTo(Outcome.DETECTED);
      assertThat(mask.pictureSpread()).hasValue(0);
      assertThat(mask.pictureMean()).hasValue(0);
    }
  }

  @Test
  void oldFrame_isOverdue_andStillDetected() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(Pictures.frame("front", 1, Harness.NOW - 2_000_000));
      assertThat(onlyMask(app).overdue()).isTrue();
    }
  }

  @Test
  void traceOfAFrame_goesOnToItsMaskAndItsDeadLetter() {
    byte[] trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(US_ASCII);
    byte[] state = "vendor=opaque".getBytes(US_ASCII);
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", trace).add("tracestate", state);
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.frames.pipeInput(new TestRecord<>("front", Frames.write(frame(1)), headers));
      app.frames.pipeInput(new TestRecord<>("front", new byte[] {1, 2, 3}, headers));

      for (TestRecord<String, ?> record :
          List.of(app.masks.readRecord(), app.masks.readRecord(), app.rejects.readRecord())) {
        assertThat(record.headers().lastHeader("traceparent").value()).isEqualTo(trace);
        assertThat(record.headers().lastHeader("tracestate").value()).isEqualTo(state);
      }
    }
  }

  @Test
  void agesAndDeadLetters_areCounted() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(frame(1), Instant.ofEpochMilli(Harness.NOW / 1000 - 300)); // captured 400 ms ago
      app.frames.pipeInput("front", new byte[] {1, 2, 3});

      assertThat(app.meters.text())
          .contains("catseye_frame_age_at_append_seconds_sum{camera=\"front\",} 0.1")
          .contains("catseye_frame_age_at_admission_seconds_sum{camera=\"front\",} 0.4")
          .contains("catseye_frame_age_at_admission_seconds_count{camera=\"front\",} 1.0")
          .contains("catseye_rejects_total{stage=\"admit\",} 1.0")
          .doesNotContain("catseye_frames_overdue_total{");
      app.send(Pictures.frame("front", 2, Harness.NOW - 1_500_000)); // the bound is 1 s
      assertThat(app.meters.text()).contains("catseye_frames_overdue_total{camera=\"front\",} 1.0");
    }
  }

  @Test
  void randomBytes_areRejectedAsTheyCame() {
    byte[] junk = new byte[300];
    new Random(1).nextBytes(junk);
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.frames.pipeInput("front", junk, APPENDED);

      Mask mask = app.masks.readValue();
      assertThat(mask.reason()).isEqualTo(Reason.SCHEMA);
      assertThat(mask.frame()).isEmpty();
      assertThat(mask.recordKey()).isEqualTo("front");
      TestRecord<String, byte[]> reject = app.rejects.readRecord();
      assertThat(reject.value()).isEqualTo(junk);
      assertThat(RejectHeaders.read(reject.headers()))
          .isEqualTo(
              new RejectHeaders(
                  Reason.SCHEMA,
                  mask.detail(),
                  "admit",
                  "ab".repeat(32),
                  1,
                  APPENDED.toEpochMilli() * 1000,
                  new Origin("frames", 0, 0)));
    }
  }

  @Test
  void wrongMagic_isRejected() {
    byte[] message = Frames.write(frame(1));
    message[0] ^= 1;
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.frames.pipeInput("front", message);
      assertRejected(app, Reason.SCHEMA, "");
    }
  }

  @Test
  void lengthBombAndEmptyAndMissingValue_areRejected() {
    byte[] bomb = Frames.write(frame(1));
    for (int i = 10; i < 15; i++) {
      bomb[i] = (byte) 0xFF;
    }
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.frames.pipeInput("front", bomb);
      app.frames.pipeInput("front", new byte[0]);
      app.frames.pipeInput("front", (byte[]) null);
      assertThat(app.readMasks())
          .hasSize(3)
          .allSatisfy(mask -> assertThat(mask.reason()).isEqualTo(Reason.SCHEMA));
    }
  }

  @Test
  void flippedBitInThePayload_isRejected() {
    byte[] message = Frames.write(frame(1));
    message[message.length - 40] ^= 4;
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.frames.pipeInput("front", message);
      assertRejected(app, Reason.CHECKSUM, "front/boot-1/1");
    }
  }

  @Test
  void keyOfAnotherCamera_isRejected() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.frames.pipeInput("rear", Frames.write(frame(1)));
      assertRejected(app, Reason.IDENTITY, "record key is 'rear'");
    }
  }

  @Test
  void missingKey_isRejected() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.frames.pipeInput(Frames.write(frame(1)));
      assertRejected(app, Reason.IDENTITY, "record key is ''");
    }
  }

  @Test
  void truncatedJpeg_isRejected() {
    byte[] whole = Pictures.file("jpg", Pictures.WIDTH, Pictures.HEIGHT, 1);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(withPayload(Encoding.JPEG, Pictures.WIDTH, Pictures.HEIGHT, half));
      assertRejected(app, Reason.DECODE, "front/boot-1/1");
      assertThat(app.rejects.readValue())
          .isEqualTo(
              Frames.write(withPayload(Encoding.JPEG, Pictures.WIDTH, Pictures.HEIGHT, half)));
    }
  }

  @Test
  void envelopeThatDisagreesWithTheBytes_isRejected() {
    byte[] jpeg = Pictures.file("jpg", 64, 32, 1);
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(withPayload(Encoding.PNG, 64, 32, jpeg));
      assertRejected(app, Reason.ENCODING, "the bytes are jpeg, the envelope says png");
    }
  }

  @Test
  void envelopeWithAnotherSize_isRejected() {
    byte[] jpeg = Pictures.file("jpg", 64, 32, 1);
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(withPayload(Encoding.JPEG, 64, 31, jpeg));
      assertRejected(app, Reason.GEOMETRY, "the picture is 64x32, the envelope says 64x31");
    }
  }

  @Test
  void rawPayloadOfTheWrongLength_isRejected() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(withPayload(Encoding.RGB8, 64, 32, new byte[64 * 32 * 3 - 1]));
      assertRejected(app, Reason.GEOMETRY, "payload of 6143 bytes");
    }
  }

  private static Frame referring(String uri, long sizeBytes) {
    return Frame.sealed(
        new FrameId("front", "boot-1", 1, Harness.NOW),
        ClockDomain.UTC,
        Pictures.WIDTH,
        Pictures.HEIGHT,
        Encoding.JPEG,
        new ReferenceContent(uri, sizeBytes, Bytes.of(new byte[32]), Harness.NOW + 1),
        "drive-1",
        Optional.empty(),
        OptionalDouble.empty());
  }

  @Test
  void payloadThatLiesElsewhere_isFetchedAndDetected() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(1))) {
      app.send(referring("ok:", 1000));
      assertThat(onlyMask(app).outcome()).isEqualTo(Outcome.DETECTED);
    }
  }

  @Test
  void payloadThatCannotBeHad_isRejectedWithItsAddressAndTheReason() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(referring("file:///x/7.jpg", 1000));
      assertRejected(
          app,
          Reason.REFERENCE,
          "frame front/boot-1/1: file:///x/7.jpg: lies below none of the folders of"
              + " reference.roots");
    }
  }

  @Test
  void payloadThatIsDeclaredTooLarge_isNotFetched() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(referring("ok:", 1L << 40));
      assertRejected(app, Reason.TOO_LARGE, "1099511627776 bytes");
    }
  }

  @Test
  void emptyPayload_isRejected() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(withPayload(Encoding.JPEG, 64, 32, new byte[0]));
      assertRejected(app, Reason.DECODE, "0 bytes");
    }
  }

  @Test
  void pictureBomb_isRejectedByItsHeader() {
    byte[] png = Pictures.pngThatClaims(65535, 65535);
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(withPayload(Encoding.PNG, 65535, 65535, png));
      assertRejected(app, Reason.GEOMETRY, "65535x65535");
    }
  }

  @Test
  void recordAboveTheLimit_isNotParsed() {
    try (Harness app = Harness.with(picture -> Harness.glow(0), () -> true, Harness.config(2048))) {
      app.frames.pipeInput("front", new byte[2049]);
      assertRejected(app, Reason.TOO_LARGE, "2049 bytes, at most 2048");
    }
  }

  @Test
  void recordTooLargeForRejects_leavesItsHeadersThere() {
    byte[] huge = new byte[9 << 20];
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.frames.pipeInput("front", huge);
      TestRecord<String, byte[]> reject = app.rejects.readRecord();
      assertThat(reject.value()).isEmpty();
      assertThat(RejectHeaders.read(reject.headers()).detail())
          .startsWith("value of 9437184 bytes left out: ");
    }
  }

  @Test
  void keyThatEndsInTheMiddleOfACharacterWhenCut_isRejectedLikeAnyOther() {
    String key = "x" + "\ud83d\udc08".repeat(2048); // cut at 4096, half of a cat would be left
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.frames.pipeInput(key, Frames.write(frame(1)));
      Mask mask = onlyMask(app);
      assertThat(mask.reason()).isEqualTo(Reason.IDENTITY);
      assertThat(mask.detail()).hasSizeBetween(4095, 4096);
      assertThat(RejectHeaders.read(app.rejects.readRecord().headers()).detail())
          .isEqualTo(mask.detail());
    }
  }

  @Test
  void maskTooLargeForItsTopic_isRejected() {
    try (Harness app = Harness.withDetector(picture -> Harness.hugeNoise())) {
      app.send(frame(1));
      assertRejected(app, Reason.TOO_LARGE, "topic masks allows 8388608");
    }
  }

  @Test
  void sameFrameTwice_isADuplicate_andNotWorkedOnAgain() {
    List<Object> worked = new ArrayList<>();
    try (Harness app =
        Harness.withDetector(
            picture -> {
              worked.add(picture);
              return Harness.glow(0);
            })) {
      app.send(frame(1));
      app.send(frame(1));
      assertThat(app.readMasks())
          .extracting(Mask::outcome)
          .containsExactly(Outcome.DETECTED, Outcome.DUPLICATE);
      assertThat(worked).hasSize(1);
      assertThat(app.rejects.isEmpty()).isTrue();
    }
  }

  @Test
  void frameOlderThanTheNewest_isLate() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(frame(2));
      app.send(frame(1));
      app.send(frame(1));
      assertThat(app.readMasks())
          .extracting(Mask::outcome)
          .containsExactly(Outcome.DETECTED, Outcome.LATE, Outcome.DUPLICATE);
    }
  }

  @Test
  void missingFrames_areNamedOnTheNextOne_andCounted() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(frame(1));
      app.send(frame(4));
      assertThat(app.readMasks())
          .extracting(Mask::outcome, Mask::detail)
          .containsExactly(
              tuple(Outcome.DETECTED, ""), tuple(Outcome.DETECTED, "2 frames missing before it"));
      assertThat(app.meters.text()).contains("catseye_frames_missing_total{camera=\"front\",} 2.0");
    }
  }

  @Test
  void restartAndClockFault_areNamedOnTheirFrame_andCounted() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      byte[] picture = Pictures.file("jpg", 64, 32, 1);
      for (FrameId id :
          List.of(
              new FrameId("front", "a", 1, Harness.NOW),
              new FrameId("front", "b", 1, Harness.NOW - 7),
              new FrameId("front", "b", 2, Harness.NOW - 8))) {
        app.send(Pictures.frame(id, Encoding.JPEG, 64, 32, picture));
      }
      assertThat(app.readMasks())
          .extracting(Mask::detail)
          .containsExactly("", "the camera restarted", "the camera's clock did not advance");
      assertThat(app.meters.text())
          .contains("catseye_camera_restarts_total{camera=\"front\",} 1.0")
          .contains("catseye_camera_clock_faults_total{camera=\"front\",} 1.0");
    }
  }

  @Test
  void headersOfAnotherFrame_areRejected() {
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      RecordHeaders headers = new RecordHeaders();
      FrameHeaders.write(frame(2), headers);
      app.frames.pipeInput(new TestRecord<>("front", Frames.write(frame(1)), headers));
      assertRejected(
          app, Reason.IDENTITY, "front/boot-1/1: its headers speak of frame front/boot-1/2");
    }
  }

  @Test
  void frameThatWasRejected_mayComeAgainBetter() {
    byte[] half = {1, 2, 3};
    try (Harness app = Harness.withDetector(picture -> Harness.glow(0))) {
      app.send(withPayload(Encoding.JPEG, Pictures.WIDTH, Pictures.HEIGHT, half));
      app.send(frame(1));
      assertThat(app.readMasks())
          .extracting(Mask::outcome)
          .containsExactly(Outcome.REJECTED, Outcome.DETECTED);
    }
  }

  @Test
  void runtimeFailureOnOneFrame_rejectsThatFrame() {
    try (Harness app =
        Harness.with(PerceiveTopologyTest::fail, () -> true, Harness.config(8 << 20))) {
      app.send(frame(1));
      assertRejected(app, Reason.INFERENCE, "front/boot-1/1: no memory");
    }
  }

  @Test
  void runtimeFailureOnTheGoldenFrameToo_stopsWithoutAnOutcome() {
    try (Harness app =
        Harness.with(PerceiveTopologyTest::fail, () -> false, Harness.config(8 << 20))) {
      assertThatThrownBy(() -> app.send(frame(1)))
          .hasRootCauseInstanceOf(IllegalStateException.class)
          .hasStackTraceContaining("on the golden frame too");
      assertThat(app.masks.isEmpty()).isTrue();
      assertThat(app.seen().get("front")).isNull();
    }
  }

  @Test
  void whileAFrameIsInInference_nothingIsWritten() {
    List<Boolean> writtenBefore = new ArrayList<>();
    Harness[] app = new Harness[1];
    try (Harness harness =
        Harness.withDetector(
            picture -> {
              writtenBefore.add(!app[0].masks.isEmpty() || app[0].seen().get("front") != null);
              return Harness.glow(0);
            })) {
      app[0] = harness;
      harness.send(frame(1));
      assertThat(writtenBefore).containsExactly(false);
      assertThat(harness.seen().get("front").newest()).isEqualTo(1);
    }
  }

  private static Detection fail(RgbPlane picture) {
    throw new IllegalStateException("no memory");
  }

  /** The law of conservation: whatever comes, each record has one outcome, in order. */
  @Property(tries = 50)
  void anyRecords_haveExactlyOneOutcomeEach(
      @ForAll @Size(max = 20) List<@IntRange(max = 5) Integer> kinds, @ForAll long seed) {
    Random random = new Random(seed);
    try (Harness app = Harness.withDetector(picture -> Harness.glow(random.nextInt(4)))) {
      for (int kind : kinds) {
        Frame sound = frame(random.nextInt(8));
        byte[] message = Frames.write(sound);
        switch (kind) {
          case 0 -> message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
          case 1 -> message = Arrays.copyOf(message, random.nextInt(message.length));
          case 2 -> message = null;
          default -> {}
        }
        app.frames.pipeInput(kind == 3 ? "rear" : "front", message);
      }
      List<Mask> masks = app.readMasks();
      assertThat(masks.stream().map(mask -> mask.origin().offset()).toList())
          .isEqualTo(LongStream.range(0, kinds.size()).boxed().toList());
      assertThat(masks.stream().filter(mask -> mask.outcome() == Outcome.REJECTED).count())
          .isEqualTo(app.rejects.getQueueSize());
    }
  }
}
