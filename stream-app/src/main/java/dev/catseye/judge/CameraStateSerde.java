package dev.catseye.judge;

import dev.catseye.schemas.Box;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.HealthReason;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.OutcomeCounts;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.Severity;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** {@link CameraState} as bytes of our own changelog; the first byte is the version of the form. */
final class CameraStateSerde {
  private static final int VERSION = 2;
  private static final long UNKNOWN = -1; // no CRC-32C is negative

  private CameraStateSerde() {}

  static Serde<CameraState> create() {
    return Serdes.serdeFrom(
        (topic, state) -> state == null ? null : StateWriter.bytes(out -> write(state, out)),
        (topic, bytes) -> bytes == null ? null : StateReader.value(bytes, CameraStateSerde::read));
  }

  private static void write(CameraState state, StateWriter out) throws IOException {
    out.number(VERSION);
    out.number(state.alarms().counter());
    out.optional(state.alarms().last(), CameraStateSerde::writeEvidence);
    out.list(state.alarms().times(), (time, to) -> to.number(time));
    out.list(state.alarms().tracks(), CameraStateSerde::writeTrack);
    out.flag(state.alarms().suspended());
    writeHealth(state.health(), out);
  }

  private static CameraState read(StateReader in) throws IOException {
    long version = in.number();
    if (version != VERSION) {
      throw new SerializationException("camera state of version " + version + ", not " + VERSION);
    }
    AlarmMemory alarms =
        new AlarmMemory(
            in.number(),
            in.optional(CameraStateSerde::readEvidence),
            in.list(StateReader::number),
            in.list(CameraStateSerde::readTrack),
            in.flag());
    return new CameraState(alarms, readHealth(in));
  }

  private static void writeHealth(CameraHealth health, StateWriter out) throws IOException {
    out.number(health.lastFreshMicros);
    out.constant(health.state);
    out.list(health.reasons, (reason, to) -> to.constant(reason));
    out.number(health.judged);
    out.optional(health.newest, CameraStateSerde::writeFrame);
    out.list(health.period.steps(), (step, to) -> to.number(step));
    out.list(health.ages.all(), (age, to) -> to.number(age));
    out.number(health.counts.detected());
    out.number(health.counts.shed());
    out.number(health.counts.rejected());
    out.number(health.counts.duplicate());
    out.number(health.counts.late());
    out.number(health.goodFrames);
    out.optional(health.hindrance, (reason, to) -> to.constant(reason));
    out.optional(health.sinceFresh, (reason, to) -> to.constant(reason));
    out.number(health.sinceFreshMicros);
    out.number(health.lastOffset);
    out.number(health.publishedMicros);
    out.text(health.provider);
    out.text(health.bundleDigest);
  }

  private static CameraHealth readHealth(StateReader in) throws IOException {
    CameraHealth health = new CameraHealth(in.number());
    health.state = in.constant(HealthState.class);
    health.reasons = in.list(from -> from.constant(HealthReason.class));
    health.judged = in.number();
    health.newest = in.optional(CameraStateSerde::readFrame);
    in.list(StateReader::number).forEach(health.period::addStep);
    in.list(StateReader::number).forEach(health.ages::add);
    health.counts =
        new OutcomeCounts(in.number(), in.number(), in.number(), in.number(), in.number());
    health.goodFrames = (int) in.number();
    health.hindrance = in.optional(from -> from.constant(HealthReason.class));
    health.sinceFresh = in.optional(from -> from.constant(HealthReason.class));
    health.sinceFreshMicros = in.number();
    health.lastOffset = in.number();
    health.publishedMicros = in.number();
    health.provider = in.text();
    health.bundleDigest = in.text();
    return health;
  }

  private static void writeTrack(Track track, StateWriter out) throws IOException {
    out.text(track.alarmId());
    writeFrame(track.first(), out);
    writeFrame(track.seen(), out);
    writeRegion(track.region(), out);
    out.real(track.motion().x());
    out.real(track.motion().y());
    writeExpansion(track.expansion(), out);
    out.number(track.hits());
    out.optional(track.told(), CameraStateSerde::writeTold);
  }

  private static Track readTrack(StateReader in) throws IOException {
    return new Track(
        in.text(),
        readFrame(in),
        readFrame(in),
        readRegion(in),
        new Motion(in.real(), in.real()),
        readExpansion(in),
        in.number(),
        in.optional(from -> new Track.Told(readFrame(from), from.constant(Severity.class))));
  }

  private static void writeTold(Track.Told told, StateWriter out) throws IOException {
    writeFrame(told.frame(), out);
    out.constant(told.severity());
  }

  private static void writeExpansion(Expansion expansion, StateWriter out) throws IOException {
    out.number(expansion.sightings());
    out.real(expansion.span());
    out.real(expansion.weight());
    out.real(expansion.t());
    out.real(expansion.tt());
    out.real(expansion.y());
    out.real(expansion.ty());
  }

  private static Expansion readExpansion(StateReader in) throws IOException {
    return new Expansion(
        (int) in.number(), in.real(), in.real(), in.real(), in.real(), in.real(), in.real());
  }

  private static void writeRegion(Region region, StateWriter out) throws IOException {
    for (int side :
        List.of(region.box().x(), region.box().y(), region.box().width(), region.box().height())) {
      out.number(side);
    }
    out.number(region.areaPx());
    out.real(region.peakScore());
    out.real(region.drivableFraction().orElse(Double.NaN));
  }

  private static Region readRegion(StateReader in) throws IOException {
    Box box = new Box((int) in.number(), (int) in.number(), (int) in.number(), (int) in.number());
    int areaPx = (int) in.number();
    float peakScore = (float) in.real();
    double drivable = in.real();
    return new Region(
        box,
        areaPx,
        peakScore,
        Double.isNaN(drivable) ? OptionalDouble.empty() : OptionalDouble.of(drivable));
  }

  private static void writeEvidence(Evidence evidence, StateWriter out) throws IOException {
    writeFrame(evidence.frame(), out);
    out.text(evidence.origin().topic());
    out.number(evidence.origin().partition());
    out.number(evidence.origin().offset());
    out.number(evidence.framePx());
    out.number(evidence.payloadChecksum().orElse(UNKNOWN));
    out.text(evidence.plan());
    out.text(evidence.bundleDigest());
    out.text(evidence.driveId());
  }

  private static Evidence readEvidence(StateReader in) throws IOException {
    return new Evidence(
        readFrame(in),
        new Origin(in.text(), (int) in.number(), in.number()),
        in.number(),
        readChecksum(in),
        in.text(),
        in.text(),
        in.text());
  }

  private static OptionalLong readChecksum(StateReader in) throws IOException {
    long checksum = in.number();
    return checksum == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(checksum);
  }

  private static void writeFrame(FrameId frame, StateWriter out) throws IOException {
    out.text(frame.cameraId());
    out.text(frame.bootId());
    out.number(frame.sequence());
    out.number(frame.captureMicros());
  }

  private static FrameId readFrame(StateReader in) throws IOException {
    return new FrameId(in.text(), in.text(), in.number(), in.number());
  }
}
