package dev.catseye.schemas;

import dev.catseye.schemas.wire.Crc32c;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Parts that several records share, to the wire and back. */
final class Wire {
  private Wire() {}

  /** Place of the seal; the codec fills it in. */
  static Crc32c seal() {
    return new Crc32c(new byte[4]);
  }

  static dev.catseye.schemas.wire.FrameId frameId(FrameId id) {
    return new dev.catseye.schemas.wire.FrameId(
        id.cameraId(), id.bootId(), id.sequence(), id.captureMicros());
  }

  static FrameId frameId(dev.catseye.schemas.wire.FrameId wire) {
    return new FrameId(
        wire.getCameraId(), wire.getBootId(), wire.getSequence(), wire.getCapturedAt());
  }

  static dev.catseye.schemas.wire.Origin origin(Origin origin) {
    return new dev.catseye.schemas.wire.Origin(origin.topic(), origin.partition(), origin.offset());
  }

  static Origin origin(dev.catseye.schemas.wire.Origin wire) {
    return new Origin(wire.getTopic(), wire.getPartition(), wire.getOffset());
  }

  static dev.catseye.schemas.wire.Box box(Box box) {
    return new dev.catseye.schemas.wire.Box(box.x(), box.y(), box.width(), box.height());
  }

  static Box box(dev.catseye.schemas.wire.Box wire) {
    return new Box(wire.getX(), wire.getY(), wire.getWidth(), wire.getHeight());
  }

  static dev.catseye.schemas.wire.ScoreMap scoreMap(ScoreMap map) {
    return new dev.catseye.schemas.wire.ScoreMap(
        map.width(),
        map.height(),
        map.bits(),
        dev.catseye.schemas.wire.MapEncoding.valueOf(map.encoding().wireName()),
        map.scaleX(),
        map.scaleY(),
        map.data().buffer());
  }

  static ScoreMap scoreMap(dev.catseye.schemas.wire.ScoreMap wire) {
    return new ScoreMap(
        wire.getWidth(),
        wire.getHeight(),
        wire.getBits(),
        MapEncoding.ofWireName(wire.getEncoding().name()),
        wire.getScaleX(),
        wire.getScaleY(),
        Bytes.wrap(wire.getData()));
  }

  static dev.catseye.schemas.wire.FrameAge frameAge(FrameAge age) {
    return new dev.catseye.schemas.wire.FrameAge(
        age.count(), age.p50Micros(), age.p95Micros(), age.p99Micros(), age.maxMicros());
  }

  static FrameAge frameAge(dev.catseye.schemas.wire.FrameAge wire) {
    return new FrameAge(
        wire.getCount(),
        wire.getP50Micros(),
        wire.getP95Micros(),
        wire.getP99Micros(),
        wire.getMaxMicros());
  }

  static dev.catseye.schemas.wire.OutcomeCounts counts(OutcomeCounts counts) {
    return new dev.catseye.schemas.wire.OutcomeCounts(
        counts.detected(), counts.shed(), counts.rejected(), counts.duplicate(), counts.late());
  }

  static OutcomeCounts counts(dev.catseye.schemas.wire.OutcomeCounts wire) {
    return new OutcomeCounts(
        wire.getDetected(),
        wire.getShed(),
        wire.getRejected(),
        wire.getDuplicate(),
        wire.getLate());
  }

  static dev.catseye.schemas.wire.HealthState state(HealthState state) {
    return dev.catseye.schemas.wire.HealthState.valueOf(state.name());
  }

  static HealthState state(dev.catseye.schemas.wire.HealthState wire) {
    return HealthState.valueOf(wire.name());
  }

  static List<dev.catseye.schemas.wire.HealthReason> toWireReasons(List<HealthReason> reasons) {
    return list(reasons, each -> dev.catseye.schemas.wire.HealthReason.valueOf(each.name()));
  }

  static List<HealthReason> reasons(List<dev.catseye.schemas.wire.HealthReason> wire) {
    return list(wire, each -> HealthReason.valueOf(each.name()));
  }

  static <A, B> List<B> list(List<A> from, Function<A, B> each) {
    return from.stream().map(each).toList();
  }

  static <A, B> B nullable(Optional<A> value, Function<A, B> toWire) {
    return value.map(toWire).orElse(null);
  }

  static <A, B> Optional<B> optional(A wire, Function<A, B> fromWire) {
    return Optional.ofNullable(wire).map(fromWire);
  }

  static Double nullable(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  static OptionalDouble optional(Double wire) {
    return wire == null ? OptionalDouble.empty() : OptionalDouble.of(wire);
  }

  static Long nullable(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  static OptionalLong optional(Long wire) {
    return wire == null ? OptionalLong.empty() : OptionalLong.of(wire);
  }

  /** 0 on the wire means unknown. */
  static OptionalInt positive(int wire) {
    return wire == 0 ? OptionalInt.empty() : OptionalInt.of(wire);
  }
}
