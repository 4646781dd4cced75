package dev.catseye.schemas;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Arbitrary valid records of every type. */
final class Records extends DomainContextBase {

  @Provide
  Arbitrary<FrameId> frameIds() {
    return Combinators.combine(names(), names(), counts(), micros()).as(FrameId::new);
  }

  @Provide
  Arbitrary<Frame> frames() {
    Arbitrary<Integer> sides = Arbitraries.integers().between(1, Frame.MAX_SIDE);
    Arbitrary<OptionalDouble> speeds =
        optional(Arbitraries.doubles().between(-200, 200).ofScale(9));
    return Combinators.combine(
            frameIds(),
            Arbitraries.of(ClockDomain.class),
            Combinators.combine(sides, sides).as((w, h) -> new int[] {w, h}),
            Arbitraries.of(Encoding.class),
            contents(),
            namesOrEmpty(),
            names().optional(),
            speeds)
        .as(
            (id, clock, size, encoding, content, drive, calibration, speed) ->
                Frame.sealed(
                    id, clock, size[0], size[1], encoding, content, drive, calibration, speed));
  }

  @Provide
  Arbitrary<ScoreMap> scoreMaps() {
    Arbitrary<Integer> sides = Arbitraries.integers().between(1, 40);
    return Combinators.combine(
            sides, sides, Arbitraries.of(8, 16), Arbitraries.of(MapEncoding.class), bytes())
        .as(
            (width, height, bits, encoding, seed) -> {
              byte[] samples = new byte[width * height * bits / 8];
              for (int i = 0; i < samples.length && seed.size() > 0; i++) {
                samples[i] = seed.array()[i % seed.size()];
              }
              return ScoreMap.encode(samples, width, height, bits, encoding, 2.5, 3);
            });
  }

  @Provide
  Arbitrary<Mask> masks() {
    return Arbitraries.oneOf(detectedMasks(), otherMasks());
  }

  @Provide
  Arbitrary<Trust> trusts() {
    Arbitrary<List<ClassTrust>> classes =
        Combinators.combine(
                Arbitraries.integers().between(0, 254),
                Arbitraries.floats().between(-2, 2),
                scores(),
                Arbitraries.of(true, false))
            .as(ClassTrust::of)
            .list()
            .uniqueElements(ClassTrust::trainId)
            .map(
                list ->
                    list.stream()
                        .sorted((a, b) -> Integer.compare(a.trainId(), b.trainId()))
                        .toList());
    return Combinators.combine(
            frameIds(),
            origins(),
            classes,
            fractions(),
            optional(fractions()),
            fractions(),
            scoreMaps().optional(),
            micros())
        .as(
            (id, origin, trusts, mass, roadMass, mean, map, at) ->
                new Trust(
                    id,
                    origin,
                    "",
                    "plan",
                    Samples.DIGEST,
                    trusts,
                    mass,
                    roadMass,
                    mean,
                    1 - mean,
                    map,
                    at,
                    "car"));
  }

  @Provide
  Arbitrary<Alarm> alarms() {
    return Combinators.combine(
            frameIds(),
            Arbitraries.of(AlarmState.class),
            origins(),
            regions(),
            Arbitraries.integers().between(1, 50),
            Arbitraries.of(Severity.class),
            optional(Arbitraries.doubles().between(1, 1e9)),
            counts())
        .as(
            (id, state, origin, region, window, severity, seconds, count) ->
                new Alarm(
                    "alarm",
                    id.cameraId(),
                    state,
                    id,
                    new FrameId(id.cameraId(), "later", 0, id.captureMicros()),
                    origin,
                    region.box(),
                    region.areaPx(),
                    region.peakScore(),
                    window / 2,
                    window,
                    region.drivableFraction(),
                    severity,
                    seconds.isPresent()
                        ? OptionalDouble.of(-seconds.getAsDouble())
                        : OptionalDouble.empty(),
                    seconds,
                    "",
                    Samples.DIGEST,
                    "",
                    Math.max(1, count),
                    id.captureMicros(),
                    "car"));
  }

  @Provide
  Arbitrary<Health> healths() {
    return Combinators.combine(
            frameIds(), states(), reasons(), counts(), ages(), outcomeCounts(), micros())
        .as(
            (id, state, reasons, count, age, outcomes, at) ->
                new Health(
                    id.cameraId(),
                    state,
                    state == HealthState.OK ? List.of() : reasons,
                    count,
                    Optional.of(id),
                    age,
                    outcomes,
                    "CUDA",
                    "",
                    at,
                    "car"));
  }

  @Provide
  Arbitrary<Heartbeat> heartbeats() {
    return Combinators.combine(
            names(),
            frameIds().optional(),
            states(),
            reasons(),
            counts(),
            ages(),
            outcomeCounts(),
            micros())
        .as(
            (instance, frame, state, reasons, count, age, outcomes, at) ->
                new Heartbeat(
                    instance,
                    List.of("perceive"),
                    state,
                    state == HealthState.OK ? List.of() : reasons,
                    count,
                    frame,
                    age,
                    outcomes,
                    "",
                    Samples.DIGEST,
                    at));
  }

  @Provide
  Arbitrary<GroundTruth> groundTruths() {
    Arbitrary<List<Integer>> values =
        Arbitraries.integers().between(0, 255).list().uniqueElements().ofMinSize(3).ofMaxSize(30);
    return Combinators.combine(frameIds(), namesOrEmpty(), bytes(), values, namesOrEmpty())
        .as(
            (id, drive, png, labels, view) ->
                new GroundTruth(
                    id,
                    drive,
                    png,
                    labels.subList(0, 1),
                    labels.subList(1, labels.size() / 2),
                    labels.subList(Math.max(1, labels.size() / 2), labels.size()),
                    view));
  }

  private Arbitrary<Mask> detectedMasks() {
    Arbitrary<Summary> summaries =
        Combinators.combine(scores(), scores(), scores(), scores()).as(Summary::new);
    return Combinators.combine(
            frameIds(),
            origins(),
            texts(),
            scoreMaps(),
            regions().list().ofMaxSize(4),
            optional(fractions()),
            summaries,
            stages())
        .as(
            (id, origin, key, map, regions, mean, summary, stages) -> {
              ScoreMap scaled =
                  new ScoreMap(
                      map.width(),
                      map.height(),
                      map.bits(),
                      map.encoding(),
                      2000.0 / map.width(),
                      1000.0 / map.height(),
                      map.data());
              return new Mask(
                  Optional.of(id),
                  OptionalInt.of(2000),
                  OptionalInt.of(1000),
                  "drive",
                  origin,
                  key,
                  Outcome.DETECTED,
                  Reason.NONE,
                  "",
                  key.isEmpty(),
                  "CPU",
                  "entropy",
                  Samples.DIGEST,
                  Optional.of(scaled),
                  regions,
                  mean,
                  mean,
                  OptionalLong.of(origin.offset() & 0xFFFF_FFFFL),
                  Optional.of(summary),
                  stages,
                  id.captureMicros(),
                  "car");
            });
  }

  private Arbitrary<Mask> otherMasks() {
    Arbitrary<Reason> reasons =
        Arbitraries.of(Reason.class).filter(reason -> reason != Reason.NONE);
    Arbitrary<Outcome> outcomes =
        Arbitraries.of(Outcome.class).filter(outcome -> outcome != Outcome.DETECTED);
    return Combinators.combine(
            frameIds().optional(), origins(), texts(), outcomes, reasons, texts(), stages())
        .as(
            (id, origin, key, outcome, reason, detail, stages) ->
                new Mask(
                    id,
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    "",
                    origin,
                    key,
                    outcome,
                    reason,
                    detail,
                    id.isPresent(),
                    "",
                    "",
                    "",
                    Optional.empty(),
                    List.of(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    stages,
                    0,
                    "car"));
  }

  private Arbitrary<Content> contents() {
    Arbitrary<Content> inline = bytes().map(InlineContent::new);
    Arbitrary<Content> reference =
        Combinators.combine(counts(), bytes(), micros())
            .as(
                (size, seed, expiry) -> {
                  byte[] sha = Arrays.copyOf(seed.array(), 32);
                  return new ReferenceContent(
                      "s3://drives/7", Math.max(1, size), Bytes.of(sha), expiry);
                });
    return Arbitraries.oneOf(inline, reference);
  }

  private Arbitrary<Region> regions() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 999),
            Arbitraries.integers().between(0, 499),
            Arbitraries.integers().between(1, 1000),
            Arbitraries.integers().between(1, 500),
            scores(),
            optional(fractions()))
        .as(
            (x, y, width, height, peak, drivable) ->
                new Region(new Box(x, y, width, height), (width * height + 1) / 2, peak, drivable));
  }

  private Arbitrary<Origin> origins() {
    Arbitrary<String> topics = Arbitraries.of("frames", "a.b_c-frames", "x".repeat(249));
    return Combinators.combine(topics, Arbitraries.integers().between(0, 999), counts())
        .as(Origin::new);
  }

  private Arbitrary<StageMicros> stages() {
    return micros()
        .list()
        .ofSize(6)
        .map(
            list ->
                new StageMicros(
                    list.get(0), list.get(1), list.get(2), list.get(3), list.get(4), list.get(5)));
  }

  private Arbitrary<HealthState> states() {
    return Arbitraries.of(HealthState.class);
  }

  private Arbitrary<List<HealthReason>> reasons() {
    return Arbitraries.of(HealthReason.class).list().uniqueElements().ofMinSize(1);
  }

  private Arbitrary<Optional<FrameAge>> ages() {
    return micros()
        .list()
        .ofSize(4)
        .map(
            list -> {
              List<Long> rising = list.stream().sorted().toList();
              return new FrameAge(
                  1 + rising.get(0), rising.get(0), rising.get(1), rising.get(2), rising.get(3));
            })
        .optional();
  }

  private Arbitrary<OutcomeCounts> outcomeCounts() {
    return Combinators.combine(counts(), counts(), counts(), counts(), counts())
        .as(OutcomeCounts::new);
  }

  private Arbitrary<Bytes> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Bytes::of);
  }

  private Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.of("front", "räar", "相机", "cam 🐈", "<img onerror>", "n".repeat(200)),
        Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(20));
  }

  private Arbitrary<String> namesOrEmpty() {
    return Arbitraries.oneOf(names(), Arbitraries.just(""));
  }

  private Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of("", "a\nb\u0000c", "🐈", "t".repeat(4096), "相".repeat(4096)), names());
  }

  private Arbitrary<Long> counts() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE);
  }

  private Arbitrary<Long> micros() {
    return Arbitraries.longs().between(0, Checks.MAX_MICROS);
  }

  private Arbitrary<Float> scores() {
    return Arbitraries.floats().between(0, 1).ofScale(6);
  }

  private Arbitrary<Double> fractions() {
    return Arbitraries.doubles().between(0, 1).ofScale(12);
  }

  private static Arbitrary<OptionalDouble> optional(Arbitrary<Double> values) {
    return values
        .optional()
        .map(value -> value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty());
  }
}
