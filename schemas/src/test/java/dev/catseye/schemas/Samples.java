package dev.catseye.schemas;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One plain example of each record. */
final class Samples {
  static final FrameId ID = new FrameId("front", "boot-1", 1042, 1_480_000_000_123_456L);
  static final FrameId EARLIER = new FrameId("front", "boot-1", 1040, 1_480_000_000_000_000L);
  static final Origin ORIGIN = new Origin("frames", 1, 17_321);
  static final String DIGEST = "0123456789abcdef".repeat(4);

  private Samples() {}

  static Frame frame() {
    return frame(new InlineContent(Bytes.of(new byte[] {1, 2, 3})));
  }

  static Frame frame(Content content) {
    return Frame.sealed(
        ID,
        ClockDomain.UTC,
        2048,
        1024,
        Encoding.JPEG,
        content,
        "drive-07",
        Optional.of("cal-3"),
        OptionalDouble.of(13.5));
  }

  static ScoreMap scoreMap() {
    byte[] samples = new byte[8 * 4];
    samples[9] = (byte) 200;
    return ScoreMap.encode(samples, 8, 4, 8, MapEncoding.LZ4, 256, 256);
  }

  static Region region() {
    return new Region(new Box(256, 256, 256, 256), 65_536, 200 / 255f, OptionalDouble.of(0.75));
  }

  static Mask mask() {
    return new Mask(
        Optional.of(ID),
        OptionalInt.of(2048),
        OptionalInt.of(1024),
        "drive-07",
        ORIGIN,
        "front",
        Outcome.DETECTED,
        Reason.NONE,
        "",
        false,
        "CPU",
        "entropy",
        DIGEST,
        Optional.of(scoreMap()),
        List.of(region()),
        OptionalDouble.of(101.5),
        OptionalDouble.of(40),
        OptionalLong.of(0xFFFF_FFFFL),
        Optional.of(new Summary(200 / 255f, 0.1f, 1 / 32f, 0.6f)),
        new StageMicros(10, 9_000, 20, 200_000, 300, 400),
        1_480_000_000_333_444L,
        "car-1");
  }

  static Mask rejected() {
    return new Mask(
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        "",
        ORIGIN,
        "front",
        Outcome.REJECTED,
        Reason.SCHEMA,
        "Frame: magic 0000, expected c301",
        true,
        "CPU",
        "entropy",
        DIGEST,
        Optional.empty(),
        List.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        new StageMicros(10, 0, 0, 0, 0, 0),
        1_480_000_000_333_444L,
        "car-1");
  }

  static Trust trust() {
    return new Trust(
        ID,
        ORIGIN,
        "drive-07",
        "synthcp-trust",
        DIGEST,
        List.of(ClassTrust.of(0, 0.97f, 0.4f, true), ClassTrust.of(11, -0.02f, 0.001f, false)),
        0.08,
        OptionalDouble.of(0.03),
        0.9,
        0.12,
        Optional.of(scoreMap()),
        1_480_000_000_333_444L,
        "car-1");
  }

  static Alarm alarm() {
    return new Alarm(
        "front/boot-1/1040",
        "front",
        AlarmState.UPDATED,
        EARLIER,
        ID,
        ORIGIN,
        new Box(256, 256, 256, 256),
        65_536,
        0.78f,
        3,
        5,
        OptionalDouble.of(0.75),
        Severity.HIGH,
        OptionalDouble.of(0.5),
        OptionalDouble.of(4.9),
        "entropy",
        DIGEST,
        "drive-07",
        2,
        1_480_000_000_333_444L,
        "car-1");
  }

  static Health health() {
    return new Health(
        "front",
        HealthState.BLIND,
        List.of(HealthReason.SILENT, HealthReason.DARK),
        77,
        Optional.of(ID),
        Optional.of(new FrameAge(12, 200_000, 210_000, 220_000, 250_000)),
        new OutcomeCounts(10, 1, 1, 0, 0),
        "CPU",
        DIGEST,
        1_480_000_000_333_444L,
        "car-1");
  }

  static Heartbeat heartbeat() {
    return new Heartbeat(
        "car-1",
        List.of("perceive", "judge"),
        HealthState.OK,
        List.of(),
        4_711,
        Optional.of(ID),
        Optional.empty(),
        OutcomeCounts.NONE,
        "CPU",
        DIGEST,
        1_480_000_000_333_444L);
  }

  static GroundTruth groundTruth() {
    return new GroundTruth(
        ID,
        "drive-07",
        Bytes.of(new byte[] {(byte) 0x89, 'P', 'N', 'G'}),
        List.of(2, 3),
        List.of(1),
        List.of(0, 255),
        "road");
  }
}
