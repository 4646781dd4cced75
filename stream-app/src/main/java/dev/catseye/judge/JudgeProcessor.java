package dev.catseye.judge;

import dev.catseye.metrics.Meters;
import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.MaskHeaders;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.RecordException;
import dev.catseye.schemas.RedriveHeaders;
import dev.catseye.schemas.TraceHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings masks and the wall clock to the logic of alarms and health, and their findings out. A
 * record that is no mask is counted and passed over: it stays on its topic for whoever looks into
 * it. One instance per stream task.
 */
final class JudgeProcessor implements Processor<String, byte[], String, Finding> {
  private static final Logger LOG = LoggerFactory.getLogger(JudgeProcessor.class);
  private static final Duration TICK =
      Duration.ofMillis(50); // blindness is told 250 ms late at most

  private final JudgeSetup setup;
  private final HealthConfig config;
  private final Meters meters;
  private final AlarmLogic alarmLogic;
  private final Deserializer<Mask> masks;
  private ProcessorContext<String, Finding> context;
  private KeyValueStore<String, CameraState> cameras;

  JudgeProcessor(JudgeSetup setup, Deserializer<Mask> masks) {
    this.setup = setup;
    this.config = setup.health();
    this.meters = setup.meters();
    this.alarmLogic = new AlarmLogic(setup.alarms(), setup.nowMicros(), setup.instanceId());
    this.masks = masks;
  }

  @Override
  public void init(ProcessorContext<String, Finding> context) {
    this.context = context;
    this.cameras = context.getStateStore(JudgeTopology.CAMERAS);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, timestamp -> tick());
  }

  @Override
  public void process(Record<String, byte[]> record) {
    Mask mask;
    try {
      mask = masks.deserialize(JudgeTopology.MASKS, record.value());
    } catch (RecordException e) {
      meters.unreadableMask();
      LOG.error("a record on topic masks is no mask: {}", e.getMessage());
      return;
    }
    if (mask != null) {
      setup.work().judged();
      judge(mask, record.headers());
    }
  }

  private void judge(Mask mask, Headers headers) {
    String camera = mask.frame().map(frame -> frame.cameraId()).orElse(mask.recordKey());
    CameraState state = cameras.get(camera);
    boolean past = tellsOfThePast(mask, headers);
    if (state == null && (past || mask.frame().isEmpty() || !hasRoom(camera))) {
      return; // a name that no readable frame ever bore is no camera
    }
    long now = setup.nowMicros().getAsLong();
    CameraHealth health = state == null ? new CameraHealth(now) : state.health();
    AlarmMemory memory = state == null ? AlarmMemory.EMPTY : state.alarms();
    if (health.seesNothing(config, now)) {
      // A silence that nobody was there to notice is told before the mask that ends it.
      memory = judgeHealth(camera, health, memory, now);
    }
    if (past) {
      health.count(mask);
    } else {
      memory = judgeSight(camera, health, memory, mask, headers, now);
    }
    if (isRedriven(headers)) {
      health.lastOffset++; // frames are put back in transactions: no frame waits in their markers
    }
    AlarmMemory after = judgeHealth(camera, health, memory, now);
    cameras.put(camera, new CameraState(after, health));
  }

  private AlarmMemory judgeSight(
      String camera,
      CameraHealth health,
      AlarmMemory memory,
      Mask mask,
      Headers headers,
      long now) {
    Sight sight = setup.alarms().sight().of(mask, memory.last());
    AlarmMemory.Step step = alarmLogic.judge(memory, mask);
    tell(camera, step, headers);
    meters.tracksRefused(camera, step.refused());
    health.add(mask, sight, step.refused() > 0, config, now);
    return step.memory();
  }

  /**
   * Whether the mask is that of a frame which was put back and either came behind newer ones or was
   * not detected this time either: neither is the camera's fault now, nor does it see by it.
   */
  private static boolean tellsOfThePast(Mask mask, Headers headers) {
    return MaskHeaders.isOvertaken(headers)
        || (mask.outcome() != Outcome.DETECTED && isRedriven(headers));
  }

  private static boolean isRedriven(Headers headers) {
    return RedriveHeaders.read(headers).isPresent();
  }

  /** A camera one too many is said to be so, and not judged: those that are known come first. */
  private boolean hasRoom(String camera) {
    if (cameras.approximateNumEntries() < config.mostCameras()) { // exact for a store in memory
      return true;
    }
    meters.cameraRefused();
    setup.work().refusedCamera();
    LOG.debug("camera {} is not judged: partition has {}", camera, config.mostCameras());
    return false;
  }

  private void tick() {
    long now = setup.nowMicros().getAsLong();
    for (KeyValue<String, CameraState> camera : all()) {
      CameraHealth health = camera.value.health();
      AlarmMemory before = camera.value.alarms();
      if (health.isForgotten(config, now) && before.open() == 0) {
        cameras.delete(camera.key);
        continue;
      }
      long published = health.publishedMicros;
      AlarmMemory after = judgeHealth(camera.key, health, before, now);
      if (health.publishedMicros != published || !after.equals(before)) {
        cameras.put(camera.key, new CameraState(after, health));
      }
    }
  }

  /** Judges health and tells it when due; suspends alarms of a camera that sees nothing. */
  private AlarmMemory judgeHealth(
      String camera, CameraHealth health, AlarmMemory memory, long now) {
    boolean changed = health.judge(config, now, this::framesWait);
    AlarmMemory after = memory;
    if (health.seesNothing(config, now)) {
      AlarmMemory.Step suspended = alarmLogic.suspend(memory);
      tell(camera, suspended, new RecordHeaders()); // the clock's doing, not a frame's
      after = suspended.memory();
    }
    if (changed || health.isDue(config, now)) {
      meters.health(camera, health.state);
      forward(
          camera,
          now,
          new Finding.HealthFinding(
              context.taskId().partition(), health.publish(camera, now, setup.instanceId())),
          new RecordHeaders());
    }
    return after;
  }

  /** Forwards the alarms of a step; they carry the trace of the mask that led to them. */
  private void tell(String camera, AlarmMemory.Step step, Headers headers) {
    for (Alarm alarm : step.alarms()) {
      meters.alarm(camera, alarm.state().name(), step.memory().open());
      forward(
          camera,
          alarm.decidedMicros(),
          new Finding.AlarmFinding(context.taskId().partition(), alarm),
          TraceHeaders.of(headers));
    }
  }

  private void forward(String camera, long nowMicros, Finding finding, Headers headers) {
    context.forward(new Record<>(camera, finding, nowMicros / 1000, headers));
  }

  private boolean framesWait() {
    OptionalLong end = setup.framesEnd().endOffset(context.taskId().partition());
    long judged =
        all().stream().mapToLong(camera -> camera.value.health().lastOffset).max().orElse(-1);
    return end.isPresent() && end.getAsLong() > judged + 1;
  }

  private List<KeyValue<String, CameraState>> all() {
    List<KeyValue<String, CameraState>> all = new ArrayList<>();
    try (KeyValueIterator<String, CameraState> iterator = cameras.all()) {
      iterator.forEachRemaining(all::add);
    }
    return all;
  }
}
