package dev.catseye.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Box;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.MapEncoding;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.Summary;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One clean run and its copies with one fault each: every fault breaks exactly its promise. */
class JudgeTest {
  private final Recording run = Recording.clean();

  @Test
  void aCleanRun_passes() {
    Verdict verdict = run.judge();

    assertThat(verdict.examples()).isEmpty();
    assertThat(verdict.doubts()).isEmpty();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.PASS);
    assertThat(verdict.census().judged()).isEqualTo(24);
    assertThat(verdict.census().outcomes())
        .isEqualTo(Map.of("DETECTED", 19L, "REJECTED", 4L, "SHED", 1L));
  }

  @Test
  void aDroppedOutcome_breaksB1() {
    run.masks.remove(3);

    Violation violation = onlyViolation(Promise.B1);
    assertThat(violation.place()).isEqualTo(new Place("frames", 0, 6));
    assertThat(violation.text()).isEqualTo("no outcome");
  }

  @Test
  void aDoubledOutcome_breaksB1() {
    run.masks.add(Recording.moved(run.masks.get(3), new Place("masks", 0, 47)));

    assertThat(onlyViolation(Promise.B1).text()).isEqualTo("2 outcomes: masks-0@9, masks-0@47");
  }

  @Test
  void anOutcomeBeyondTheCommittedOffset_breaksB1() {
    run.committed.set(0, new GroupOffset(22, 22));

    Violation violation = onlyViolation(Promise.B1);
    assertThat(violation.place()).isEqualTo(new Place("frames", 0, 22));
    assertThat(violation.text()).contains("only offsets below 22 are committed");
  }

  @Test
  void aFrameInFlight_mayHaveItsOutcomeOrNot() {
    run.committed.set(0, new GroupOffset(20, 24));
    run.masks.remove(Recording.FRAMES - 1);

    assertThat(run.judge().word()).isEqualTo(Verdict.Word.PASS);
  }

  @Test
  void swappedOutcomes_breakB3() {
    swap(3, 4);

    assertThat(onlyViolation(Promise.B3).text())
        .isEqualTo("outcome of frames-0@6 after that of frames-0@8");
  }

  @Test
  void anOutcomeMovedBack_breaksB3() {
    run.masks.set(3, Recording.moved(run.masks.get(3), new Place("masks", 0, 47)));

    onlyViolation(Promise.B3);
  }

  @Test
  void anOutcomeOnAnotherPartition_breaksB3() {
    run.masks.set(3, Recording.moved(run.masks.get(3), new Place("masks", 1, 47)));

    assertThat(onlyViolation(Promise.B3).text())
        .isEqualTo("outcome of frames-0@6; others of its partition stand on masks-0");
  }

  @Test
  void aGhost_breaksB2() {
    run.appendMask(0, withOrigin(run.mask(3), new Origin("frames", 0, 77)));

    assertThat(onlyViolation(Promise.B2).text()).isEqualTo("ghost: there is no record frames-0@77");
  }

  @Test
  void anOriginBetweenRecords_isAGhostToo() {
    run.appendMask(0, withOrigin(run.mask(3), new Origin("frames", 0, 7))); // a marker's offset

    onlyViolation(Promise.B2);
  }

  @Test
  void anOriginOnAnotherTopic_isAGhostToo() {
    run.appendMask(0, withOrigin(run.mask(3), new Origin("frames2", 0, 6)));

    onlyViolation(Promise.B2);
  }

  @Test
  void exchangedOrigins_breakB2() {
    Mask first = run.mask(3);
    Mask second = run.mask(4);
    run.replaceMask(3, withOrigin(first, second.origin()));
    run.replaceMask(4, withOrigin(second, first.origin()));

    assertThat(run.judge().violations()).isEqualTo(Map.of(Promise.B2, 2L));
  }

  @Test
  void anOutcomeUnderAnotherCamera_breaksB2() {
    run.replaceMask(3, withFrame(run.mask(3), new FrameId("camera-9", "boot", 3, 1_300_000)));

    assertThat(onlyViolation(Promise.B2).text()).contains("camera-9/boot/3");
  }

  @Test
  void anotherBootOfTheCamera_breaksB2() {
    run.replaceMask(
        3, withFrame(run.mask(3), new FrameId("camera-0", "another boot", 3, 1_300_000)));

    assertThat(onlyViolation(Promise.B2).text()).contains("camera-0/another boot/3");
  }

  @Test
  void aBitFlippedInAScoreMap_breaksD2() {
    int middle = run.masks.get(3).value().orElseThrow().remaining() / 2;
    run.masks.set(3, Recording.flipped(run.masks.get(3), 8 * middle));

    assertThat(onlyViolation(Promise.D2).place()).isEqualTo(new Place("masks", 0, 9));
  }

  @Test
  void anyBitFlippedInAMask_breaksD2AndNeverPasses() {
    RawRecord whole = run.masks.get(3);
    for (int bit = 0; bit < 8 * whole.value().orElseThrow().remaining(); bit++) {
      run.masks.set(3, Recording.flipped(whole, bit));

      Verdict verdict = run.judge();
      assertThat(verdict.word()).isEqualTo(Verdict.Word.FAIL);
      assertThat(verdict.violations()).as("bit %d", bit).containsKey(Promise.D2);
      assertThat(verdict.violations().keySet()).isSubsetOf(Promise.D2, Promise.B1);
    }
  }

  @Test
  void aZeroedSeal_breaksD2() {
    byte[] value = run.masks.get(3).value().orElseThrow().array().clone();
    ByteBuffer.wrap(value).putInt(value.length - 4, 0);
    RawRecord mask = run.masks.get(3);
    run.masks.set(
        3,
        new RawRecord(
            mask.place(),
            mask.key(),
            Optional.of(ByteBuffer.wrap(value)),
            mask.headers(),
            mask.appendedMillis()));

    assertThat(onlyViolation(Promise.D2).text()).isEqualTo("seal broken");
  }

  @Test
  void aBitFlippedInADetectedFrame_breaksD1() {
    RawRecord frame = run.frames.get(3);
    int payload = frame.value().orElseThrow().remaining() - 10;
    run.frames.set(3, Recording.flipped(frame, 8 * payload));

    assertThat(onlyViolation(Promise.D1).text())
        .isEqualTo("DETECTED, but the checksum of frames-0@6 is wrong");
  }

  @Test
  void aMaskOfAnotherPayload_breaksD1() {
    MaskDraft draft = new MaskDraft(run.mask(3));
    draft.payloadChecksum = OptionalLong.of(7);
    run.replaceMask(3, draft.mask());

    assertThat(onlyViolation(Promise.D1).text()).startsWith("payload checksum 00000007, on frames");
  }

  @Test
  void aSoundFrameRefusedForItsChecksum_breaksD1() {
    MaskDraft draft = new MaskDraft(run.mask(3));
    draft.reject(Reason.CHECKSUM);
    run.replaceMask(3, draft.mask());
    run.addReject(run.frames.get(3), new Place("rejects", 0, 40), Reason.CHECKSUM);

    assertThat(onlyViolation(Promise.D1).text())
        .isEqualTo("refused for its checksum, but that of frames-0@6 holds");
  }

  @Test
  void aForeignBundle_breaksD3() {
    run.replaceMask(3, withBundle(run.mask(3), "cd".repeat(32)));

    assertThat(onlyViolation(Promise.D3).place()).isEqualTo(new Place("masks", 0, 9));
  }

  @Test
  void severalStatedBundles_areFine() {
    String other = "cd".repeat(32);
    run.replaceMask(3, withBundle(run.mask(3), other));

    assertThat(run.judge(Set.of(Recording.BUNDLE, other)).word()).isEqualTo(Verdict.Word.PASS);
    assertThat(run.judge(Set.of(other)).violations()).isEqualTo(Map.of(Promise.D3, 23L));
  }

  @Test
  void aShedFrame_breaksB7InLedger() {
    Verdict verdict = run.judge(Set.of(), RunProfile.LEDGER);

    assertThat(verdict.word()).isEqualTo(Verdict.Word.FAIL);
    assertThat(verdict.violations()).isEqualTo(Map.of(Promise.B7, 1L));
    assertThat(verdict.examples().get(0).text()).isEqualTo("SHED in profile ledger");
  }

  @Test
  void theNewestFrameShed_breaksB7() {
    run.replaceMask(Recording.FRAMES - 1, shed(run.mask(Recording.FRAMES - 1), Reason.STALE));

    assertThat(onlyViolation(Promise.B7).text())
        .isEqualTo("SHED, the newest frame of its camera: frames-0@22");
  }

  @Test
  void aFrameShedBeforeTheNewerOneCame_breaksB7() {
    run.replaceMask(3, shed(run.mask(3), Reason.STALE));
    assertThat(run.judge().word()).isEqualTo(Verdict.Word.PASS); // 20 ms early: clocks differ

    run.masks.set(3, Recording.appendedAt(run.masks.get(3), 340));
    assertThat(onlyViolation(Promise.B7).text())
        .isEqualTo("SHED 60 ms before a newer frame of its camera came: frames-0@8");
  }

  @Test
  void aFrameShedForAnOlderOne_breaksB7() {
    run.replaceMask(10, shed(run.mask(10), Reason.STALE));
    run.frames.set(11, Recording.moved(run.frames.get(3), run.frames.get(11).place()));
    run.masks.remove(11);
    run.committed.set(0, new GroupOffset(22, 22));

    assertThat(onlyViolation(Promise.B7).place()).isEqualTo(new Place("masks", 0, 30));
  }

  @Test
  void aFrameShedForOneThatOnlyItsHeadersName_isFine() {
    int next = Recording.GARBAGE; // no readable record
    run.replaceMask(next - 1, shed(run.mask(next - 1), Reason.STALE));
    run.masks.set(next - 1, Recording.appendedAt(run.masks.get(next - 1), 920));
    for (int last = Recording.FRAMES - 1; last > next; last--) {
      run.frames.remove(last);
      run.masks.remove(last);
    }
    assertThat(onlyViolation(Promise.B7).text()).startsWith("SHED, the newest frame");

    Map<String, String> headers =
        Map.of("camera_id", "camera-0", "boot_id", "boot", "sequence", "9", "captured_at", "1");
    run.frames.set(next, Recording.withHeaders(run.frames.get(next), headers));
    assertThat(run.judge().word()).isEqualTo(Verdict.Word.PASS);
  }

  @Test
  void aFrameShedForAnotherReason_breaksB7() {
    run.replaceMask(3, shed(run.mask(3), Reason.TOO_LARGE));

    assertThat(onlyViolation(Promise.B7).text())
        .isEqualTo("SHED for TOO_LARGE, not for being STALE");
  }

  @Test
  void aBoxOutsideTheFrame_breaksM1() {
    // one region: x 34, y 0, 2 x 2 pixels, area 4, as zigzag varints; x becomes 63 of 64
    run.masks.set(3, Recording.resealed(run.masks.get(3), "024400040408", "027e00040408"));

    assertThat(onlyViolation(Promise.M1).text())
        .startsWith("region 2 x 2 at (63, 0), area 4")
        .endsWith("in a frame of 64x32");
  }

  @Test
  void anAreaLargerThanItsBox_breaksM1() {
    run.masks.set(3, Recording.resealed(run.masks.get(3), "024400040408", "02440004040a"));

    assertThat(onlyViolation(Promise.M1).text()).contains("area 5");
  }

  @Test
  void aRegionDroppedOrAdded_breaksM2() {
    run.replaceMask(3, changed(3, draft -> draft.regions = List.of()));
    assertThat(onlyViolation(Promise.M2).text()).isEqualTo("0 regions, by the score map 1");

    Region beside = new Region(new Box(0, 0, 2, 2), 4, 0.8f, OptionalDouble.empty());
    run.replaceMask(3, changed(3, draft -> draft.regions = List.of(Recording.REGION, beside)));
    assertThat(onlyViolation(Promise.M2).text()).isEqualTo("2 regions, by the score map 1");
  }

  @Test
  void anotherAreaOrPeak_breaksM2() {
    Box box = Recording.REGION.box();
    for (Region region :
        List.of(
            new Region(box, 3, 0.8f, OptionalDouble.empty()),
            new Region(box, 4, 0.81f, OptionalDouble.empty()),
            new Region(new Box(34, 0, 2, 3), 4, 0.8f, OptionalDouble.empty()))) {
      run.replaceMask(3, changed(3, draft -> draft.regions = List.of(region)));
      assertThat(onlyViolation(Promise.M2).text())
          .endsWith("by the score map 2 x 2 at (34, 0), area 4, peak 0.800000011920929");
    }
  }

  @Test
  void anySampleChangedUnderAGoodSeal_breaksM2() {
    byte[] samples = new byte[32 * 16];
    samples[17] = (byte) 204;
    samples[400] = 1;
    ScoreMap map = ScoreMap.encode(samples, 32, 16, 8, MapEncoding.RAW, 2, 2);
    run.replaceMask(3, changed(3, draft -> draft.scoreMap = Optional.of(map)));

    assertThat(onlyViolation(Promise.M2).text()).startsWith("mean score");
  }

  @Test
  void anotherSummary_breaksM2() {
    Summary sound = run.mask(3).summary().orElseThrow();
    float mean = sound.meanScore();
    float above = sound.fractionAbove();
    for (Summary summary :
        List.of(
            new Summary(0.9f, mean, above, 0.5f),
            new Summary(0.8f, mean * 1.001f, above, 0.5f),
            new Summary(0.8f, mean, 0.5f, 0.5f))) {
      run.replaceMask(3, changed(3, draft -> draft.summary = Optional.of(summary)));
      onlyViolation(Promise.M2);
    }
  }

  @Test
  void anotherOperatingPoint_breaksD3() {
    Summary sound = run.mask(3).summary().orElseThrow();
    Summary summary = new Summary(0.8f, sound.meanScore(), sound.fractionAbove(), 0.6f);
    run.replaceMask(3, changed(3, draft -> draft.summary = Optional.of(summary)));

    assertThat(onlyViolation(Promise.D3).text()).isEqualTo("operating point 0.6, not 0.5");
  }

  @Test
  void anotherProvider_breaksD4() {
    run.replaceMask(3, changed(3, draft -> draft.provider = "CUDA"));

    assertThat(onlyViolation(Promise.D4).text()).isEqualTo("made on provider 'CUDA', not CPU");
  }

  @Test
  void overdueOnTime_andOnTimeOverdue_breakC6() {
    run.replaceMask(3, changed(3, draft -> draft.overdue = true));
    assertThat(onlyViolation(Promise.C6).text())
        .isEqualTo("700 ms old, and marked as overdue; the bound is 1000 ms");

    run.replaceMask(
        0,
        changed(
            0,
            draft -> {
              draft.frame = Optional.of(Recording.frame(0, 0).id());
              draft.processed = 2_000_001;
            }));
    run.replaceMask(3, changed(3, draft -> draft.overdue = false));
    assertThat(onlyViolation(Promise.C6).text())
        .isEqualTo("1000 ms old, and not marked as overdue; the bound is 1000 ms");
  }

  @Test
  void aTransactionLeftOpen_breaksB5() {
    run.logs.set(1, new LogBounds("masks", 0, 0, 27, 48));
    run.masks.removeIf(mask -> mask.place().partition() == 0 && mask.place().offset() >= 27);
    assertThat(onlyViolation(Promise.B5).text())
        .isEqualTo("a transaction is open: 21 offsets are hidden from readers");
  }

  @Test
  void freshFramesCalledOld_breakB6() {
    run.replaceMask(3, changed(3, draft -> draft.old(Outcome.DUPLICATE)));
    assertThat(onlyViolation(Promise.B6).text()).endsWith("but no frame before has that identity");

    run.replaceMask(3, changed(3, draft -> draft.old(Outcome.LATE)));
    assertThat(onlyViolation(Promise.B6).text()).endsWith("but no newer frame stands before it");
  }

  @Test
  void aFrameWorkedOnTwice_breaksB6() {
    run.frames.set(4, Recording.moved(run.frames.get(3), run.frames.get(4).place()));
    Mask twice =
        changed(
            3,
            draft -> {
              draft.origin = new Origin("frames", 0, 8);
              draft.processed++;
            });
    run.replaceMask(4, twice);
    assertThat(onlyViolation(Promise.B6).text()).endsWith("but frame 3 was worked on before");

    MaskDraft duplicate = new MaskDraft(twice);
    duplicate.old(Outcome.DUPLICATE);
    run.replaceMask(4, duplicate.mask());
    assertThat(run.judge().word()).isEqualTo(Verdict.Word.PASS);
  }

  @Test
  void timesThatRunBack_breakT1() {
    run.replaceMask(3, changed(3, draft -> draft.processed -= 60_000));

    assertThat(onlyViolation(Promise.T1).place()).isEqualTo(new Place("masks", 0, 9));
  }

  @Test
  void aMaskUnderAnotherKey_breaksB2() {
    RawRecord mask = run.masks.get(3);
    run.masks.set(
        3,
        Recording.record(
            mask.place(), "camera-1", mask.value().orElseThrow().array(), mask.appendedMillis()));

    assertThat(onlyViolation(Promise.B2).text())
        .isEqualTo("stands under key 'camera-1', its frame under 'camera-0'");
  }

  @Test
  void aMissingReject_breaksR1() {
    run.rejects.remove(0);

    assertThat(onlyViolation(Promise.R1).text()).isEqualTo("0 records on rejects of frames-0@10");
  }

  @Test
  void changedBytesOfAReject_breakR1() {
    run.rejects.set(0, Recording.flipped(run.rejects.get(0), 9));

    assertThat(onlyViolation(Promise.R1).text()).isEqualTo("bytes are not those of frames-0@10");
  }

  @Test
  void aRejectForAnotherReason_breaksR1() {
    RawRecord reject = run.rejects.get(0);
    Map<String, String> headers = new HashMap<>(reject.headers());
    headers.put("reason", "DECODE");
    run.rejects.set(0, Recording.withHeaders(reject, headers));

    assertThat(onlyViolation(Promise.R1).text())
        .isEqualTo("refused for 'DECODE', on masks for CHECKSUM");
  }

  @Test
  void aRejectWhoseBytesWereTooLarge_saysSo() {
    RawRecord reject = run.rejects.get(0);
    int size = reject.value().orElseThrow().remaining();
    run.rejects.set(0, emptied(reject, "value of %d bytes left out: too large".formatted(size)));
    assertThat(run.judge().word()).isEqualTo(Verdict.Word.PASS);

    run.rejects.set(0, emptied(reject, "value of 7 bytes left out: too large"));
    onlyViolation(Promise.R1);
  }

  @Test
  void aRejectOfADetectedFrame_breaksR1() {
    run.addReject(run.frames.get(3), new Place("rejects", 0, 40), Reason.CHECKSUM);

    assertThat(onlyViolation(Promise.R1).text()).isEqualTo("no REJECTED outcome of frames-0@6");
  }

  @Test
  void abortedRecords_areCountedAndNotJudged() {
    run.aborted.add(Recording.moved(run.masks.get(3), new Place("masks", 0, 8)));

    Verdict verdict = run.judge();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.PASS);
    assertThat(verdict.census().aborted()).hasToString("[masks-0@8 of frames-0@6]");
  }

  @Test
  void manyViolations_areCountedAndTwentyAreShown() {
    run.masks.clear();
    run.rejects.clear();

    Verdict verdict = run.judge();
    assertThat(verdict.violations()).isEqualTo(Map.of(Promise.B1, 24L));
    assertThat(verdict.examples()).hasSize(20);
  }

  private Violation onlyViolation(Promise promise) {
    Verdict verdict = run.judge();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.FAIL);
    assertThat(verdict.violations()).as("%s", verdict.examples()).isEqualTo(Map.of(promise, 1L));
    return verdict.examples().get(0);
  }

  private void swap(int first, int second) {
    RawRecord left = run.masks.get(first);
    RawRecord right = run.masks.get(second);
    run.masks.set(first, Recording.moved(left, right.place()));
    run.masks.set(second, Recording.moved(right, left.place()));
    Collections.swap(run.masks, first, second);
  }

  private static RawRecord emptied(RawRecord reject, String detail) {
    Map<String, String> headers = new HashMap<>(reject.headers());
    headers.put("detail", detail);
    return new RawRecord(
        reject.place(),
        reject.key(),
        Optional.of(ByteBuffer.allocate(0)),
        headers,
        reject.appendedMillis());
  }

  private static Mask withOrigin(Mask mask, Origin origin) {
    MaskDraft draft = new MaskDraft(mask);
    draft.origin = origin;
    return draft.mask();
  }

  private static Mask withFrame(Mask mask, FrameId frame) {
    MaskDraft draft = new MaskDraft(mask);
    draft.frame = Optional.of(frame);
    return draft.mask();
  }

  private static Mask shed(Mask mask, Reason reason) {
    MaskDraft draft = new MaskDraft(mask);
    draft.shed(reason);
    return draft.mask();
  }

  private Mask changed(int index, Consumer<MaskDraft> change) {
    MaskDraft draft = new MaskDraft(run.mask(index));
    change.accept(draft);
    return draft.mask();
  }

  private static Mask withBundle(Mask mask, String digest) {
    MaskDraft draft = new MaskDraft(mask);
    draft.bundle = digest;
    return draft.mask();
  }
}
