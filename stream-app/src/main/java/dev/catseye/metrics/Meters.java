package dev.catseye.metrics;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.StageMicros;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The meters of one process. Counters count work done by this process, not committed outcomes: a
 * frame whose transaction was aborted is counted again by whoever repeats it. Safe for several
 * threads.
 */
public final class Meters {
  /** Seconds; latency budgets of cameras at 5 to 30 Hz lie on the bounds. */
  private static final double[] SECONDS = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.125, 0.15, 0.175, 0.2, 0.225, 0.25,
    0.3, 0.35, 0.4, 0.5, 0.75, 1, 2, 5, 10, 30, 60
  };

  private static final double[] FRAMES = {1, 2, 3, 4, 6, 8, 12, 16, 32, 64}; // of one run

  private static final long MOST_MISSING = 1_000_000;

  private final CollectorRegistry registry = new CollectorRegistry(true);
  private final CameraLabels cameras = new CameraLabels();

  private final Counter received =
      counter("catseye_frames_received_total", "Records taken from topic frames.", "camera");
  private final Counter outcomes =
      counter(
          "catseye_frames_outcome_total",
          "Records by what became of them; their sum equals the received ones.",
          "camera",
          "outcome",
          "reason");
  private final Counter missing =
      counter(
          "catseye_frames_missing_total",
          "Frames that were not there when a later one of their camera and boot was settled.",
          "camera");
  private final Counter restarts =
      counter("catseye_camera_restarts_total", "New boots of cameras seen before.", "camera");
  private final Counter clockFaults =
      counter(
          "catseye_camera_clock_faults_total",
          "New frames captured no later than their predecessor, by their camera's clock.",
          "camera");
  private final Histogram stages =
      histogram("catseye_stage_duration_seconds", "Time spent in one stage by a frame.", "stage");
  private final Histogram ages =
      histogram(
          "catseye_frame_age_seconds",
          "Capture to mask of DETECTED frames, by the clock that each frame names.",
          "camera");
  private final Histogram appendAges =
      histogram(
          "catseye_frame_age_at_append_seconds",
          "Capture to append on topic frames of frames that were admitted or shed.",
          "camera");
  private final Histogram admissionAges =
      histogram(
          "catseye_frame_age_at_admission_seconds",
          "Capture to admission of frames that were admitted or shed.",
          "camera");
  private final Counter overdue =
      counter(
          "catseye_frames_overdue_total",
          "Frames that had their outcome later than frame.overdue after capture.",
          "camera");
  private final Counter rejects =
      counter("catseye_rejects_total", "Records sent to topic rejects by stage.", "stage");
  private final Gauge lastFrame =
      gauge(
          "catseye_last_frame_timestamp_seconds",
          "Capture time of the newest DETECTED frame.",
          "camera");
  private final Gauge inferring =
      gauge("catseye_inference_running", "Frames that are with the detector, waiting or computed.");
  private final Gauge waiting =
      gauge("catseye_inference_waiting", "Frames that wait for a run of the network.");
  private final Histogram runFrames =
      Histogram.build("catseye_run_frames", "Frames that were computed in one run.")
          .buckets(FRAMES)
          .register(registry);
  private final Histogram runs =
      histogram(
          "catseye_run_duration_seconds",
          "Time of one run; the rate of its sum is the share of time in which something runs.");
  private final Counter runsClosed =
      counter(
          "catseye_runs_total",
          "Runs by why they began with the frames they had, and how they ended.",
          "closed_by",
          "result");
  private final Gauge modelInfo =
      gauge(
          "catseye_model_info",
          "1 for the model in use.",
          "bundle",
          "version",
          "sha256",
          "plan",
          "provider",
          "precision");
  private final Gauge accelerator =
      gauge(
          "catseye_accelerator_active",
          "1 when frames are computed on an accelerator, 0 on the CPU.");
  private final Counter alarms =
      counter("catseye_alarms_total", "Alarm records by step.", "camera", "state");
  private final Gauge openAlarms =
      gauge("catseye_alarms_open", "Alarm episodes raised and not cleared.", "camera");
  private final Counter tracksRefused =
      counter(
          "catseye_tracks_refused_total",
          "Tracks given up because a camera had more than are followed.",
          "camera");
  private final Counter camerasRefused =
      counter(
          "catseye_cameras_refused_total",
          "Masks of cameras that are not judged because there are too many.");
  private final Gauge health =
      gauge(
          "catseye_health_state", "1 for the state in force, 0 for the others.", "camera", "state");
  private final Counter unreadableMasks =
      counter("catseye_masks_unreadable_total", "Records on topic masks that are no masks.");

  /** Meters of a fresh process, with those of its JVM. */
  public static Meters withJvm() {
    Meters meters = new Meters();
    DefaultExports.register(meters.registry);
    return meters;
  }

  /** A record was taken from topic {@code frames}; its camera is not known before it was read. */
  public void received(String recordKey) {
    received.labels(cameras.of(recordKey)).inc();
  }

  /**
   * A record got its outcome.
   *
   * @param overtaken whether newer frames of its camera had theirs before: its age is that of the
   *     past
   */
  public void settled(Mask mask, boolean overtaken) {
    outcomes
        .labels(cameras.of(mask.recordKey()), mask.outcome().name(), mask.reason().name())
        .inc();
    if (mask.overdue()) {
      overdue.labels(cameras.of(mask.recordKey())).inc();
    }
    if (mask.outcome() != Outcome.DETECTED) {
      return;
    }
    time(mask.stages());
    if (overtaken) {
      return;
    }
    FrameId frame = mask.frame().orElseThrow();
    String camera = cameras.of(frame.cameraId());
    lastFrame.labels(camera).set(frame.captureMicros() / 1e6);
    ages.labels(camera).observe(age(frame, mask.processedMicros()));
  }

  /**
   * A frame was admitted or shed.
   *
   * @param appendedMicros when it was appended to topic frames, microseconds since 1970-01-01 UTC
   * @param nowMicros the time now, likewise
   */
  public void admitted(FrameId frame, long appendedMicros, long nowMicros) {
    String camera = cameras.of(frame.cameraId());
    appendAges.labels(camera).observe(age(frame, appendedMicros));
    admissionAges.labels(camera).observe(age(frame, nowMicros));
  }

  /** Seconds since capture; 0 when the camera's clock is ahead, because a sum must not fall. */
  private static double age(FrameId frame, long micros) {
    return Math.max(0, micros - frame.captureMicros()) / 1e6;
  }

  /** A record goes to topic rejects; {@code stage} is one of few words. */
  public void dead(String stage) {
    rejects.labels(stage).inc();
  }

  /**
   * {@code count} frames were not there when a later one of the camera was settled. A leap counts
   * as a million at most: a counter far beyond that no longer shows the next missing frame.
   */
  public void missing(String cameraId, long count) {
    missing.labels(cameras.of(cameraId)).inc((double) Math.min(count, MOST_MISSING));
  }

  /** A camera came back with a new boot. */
  public void restarted(String cameraId) {
    restarts.labels(cameras.of(cameraId)).inc();
  }

  /** The clock of a camera did not advance from one frame to the next. */
  public void clockFault(String cameraId) {
    clockFaults.labels(cameras.of(cameraId)).inc();
  }

  /** A frame goes to the detector. */
  public void inferenceBegins() {
    inferring.inc();
  }

  /** A frame is back from the detector. */
  public void inferenceEnds() {
    inferring.dec();
  }

  /** So many frames wait for a run of the network. */
  public void inferenceWaiting(int frames) {
    waiting.set(frames);
  }

  /**
   * A run of the network is over.
   *
   * @param frames frames in it
   * @param closedBy why it began with these, of few words
   * @param seconds its time
   * @param failed whether it gave no answers
   */
  public void ran(int frames, String closedBy, double seconds, boolean failed) {
    runFrames.observe(frames);
    runs.observe(seconds);
    runsClosed.labels(closedBy, failed ? "failed" : "ok").inc();
  }

  /** The model in use. */
  public void model(ModelLabels model, boolean onAccelerator) {
    modelInfo
        .labels(
            model.bundle(),
            model.version(),
            model.sha256(),
            model.plan(),
            model.provider(),
            model.precision())
        .set(1);
    accelerator.set(onAccelerator ? 1 : 0);
  }

  /** Shows how this process is with every scrape. */
  public void process(Supplier<ProcessState> state) {
    new ProcessMeters(state).register(registry);
  }

  /** An alarm record was written; {@code open} episodes of the camera are open now. */
  public void alarm(String cameraId, String state, int open) {
    alarms.labels(cameras.of(cameraId), state).inc();
    openAlarms.labels(cameras.of(cameraId)).set(open);
  }

  /** Tracks of the camera were given up because there were too many; {@code count} may be 0. */
  public void tracksRefused(String cameraId, int count) {
    tracksRefused.labels(cameras.of(cameraId)).inc(count);
  }

  /** A mask was not judged because its camera is one too many. */
  public void cameraRefused() {
    camerasRefused.inc();
  }

  /** The state of a camera. */
  public void health(String cameraId, HealthState state) {
    for (HealthState each : HealthState.values()) {
      health
          .labels(cameras.of(cameraId), each.name().toLowerCase(Locale.ROOT))
          .set(each == state ? 1 : 0);
    }
  }

  /** A record on topic {@code masks} could not be read. */
  public void unreadableMask() {
    unreadableMasks.inc();
  }

  /** All meters in Prometheus' text format 0.0.4. */
  public String text() {
    StringWriter writer = new StringWriter();
    try {
      TextFormat.write004(writer, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return writer.toString();
  }

  private void time(StageMicros micros) {
    observe(Stage.ADMIT, micros.admit());
    observe(Stage.DECODE, micros.decode());
    observe(Stage.QUEUE, micros.queue());
    observe(Stage.INFER, micros.infer());
    observe(Stage.REGION, micros.region());
    observe(Stage.ENCODE, micros.encode());
  }

  private void observe(Stage stage, long micros) {
    stages.labels(stage.label()).observe(micros / 1e6);
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.build(name, help).labelNames(labels).register(registry);
  }

  private Gauge gauge(String name, String help, String... labels) {
    return Gauge.build(name, help).labelNames(labels).register(registry);
  }

  private Histogram histogram(String name, String help, String... labels) {
    return Histogram.build(name, help).labelNames(labels).buckets(SECONDS).register(registry);
  }
}
