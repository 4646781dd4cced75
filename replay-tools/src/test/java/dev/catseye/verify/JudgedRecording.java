package dev.catseye.verify;

import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.Box;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Health;
import dev.catseye.schemas.HealthReason;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.OutcomeCounts;
import dev.catseye.schemas.Serdes;
import dev.catseye.schemas.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * The clean recording with what judge made of its first camera: one alarm from RAISED to CLEARED
 * and its health, a silence between frames 8 and 10 included. Tests change the lists, then judge.
 */
final class JudgedRecording {
  private static final String CAMERA = "camera-0";
  private static final Box BOX = new Box(34, 0, 2, 2);
  private static final long START = 10_000_000;

  final Recording run = Recording.clean();
  final List<Alarm> alarms = new ArrayList<>();
  final List<Health> health = new ArrayList<>();

  private JudgedRecording() {}

  static JudgedRecording clean() {
    JudgedRecording judged = new JudgedRecording();
    judged.alarms.add(alarm(AlarmState.RAISED, 3, 1, 300));
    judged.alarms.add(alarm(AlarmState.UPDATED, 7, 2, 700));
    judged.alarms.add(alarm(AlarmState.SUSPENDED, 8, 3, 1501));
    judged.alarms.add(alarm(AlarmState.CLEARED, 11, 4, 3000));
    judged.health.add(health(HealthState.STARTING, HealthReason.RECOVERING, 1, 1, 0));
    judged.health.add(health(HealthState.STARTING, HealthReason.RECOVERING, 11, 9, 1000));
    judged.health.add(health(HealthState.OK, null, 12, 1, 1100));
    judged.health.add(health(HealthState.BLIND, HealthReason.SILENT, 12, 0, 1700));
    judged.health.add(health(HealthState.BLIND, HealthReason.SILENT, 12, 0, 2700));
    judged.health.add(health(HealthState.BLIND, HealthReason.RECOVERING, 21, 9, 3000));
    judged.health.add(health(HealthState.OK, null, 22, 1, 3100));
    return judged;
  }

  static Alarm alarm(AlarmState state, int frame, long counter, long millis) {
    String name = String.join("\0", CAMERA, "boot", "0", "34", "0", "2", "2");
    return alarm(
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
        state,
        frame,
        new Origin("frames", 0, 2L * frame),
        counter,
        millis);
  }

  static Alarm alarm(
      String id, AlarmState state, int frame, Origin evidence, long counter, long millis) {
    return new Alarm(
        id,
        CAMERA,
        state,
        frame(0),
        frame(frame),
        evidence,
        BOX,
        4,
        0.8f,
        1,
        5,
        OptionalDouble.empty(),
        Severity.LOW,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        "entropy",
        Recording.BUNDLE,
        "",
        counter,
        START + 1000 * millis,
        "instance-1");
  }

  static Health health(
      HealthState state, HealthReason reason, long counter, long detected, long millis) {
    long others =
        counter == 11 ? 1 : 0; // the damaged frame; the camera of the other one is unknown
    return new Health(
        CAMERA,
        state,
        reason == null ? List.of() : List.of(reason),
        counter,
        Optional.of(frame(0)),
        Optional.empty(),
        new OutcomeCounts(detected, 0, others, 0, 0),
        "CPU",
        Recording.BUNDLE,
        START + 1000 * millis,
        "instance-1");
  }

  private static FrameId frame(int index) {
    return Recording.frame(0, index).id();
  }

  Verdict judge() {
    write();
    return run.judge();
  }

  /** Puts the records on their topics, one offset after the other. */
  void write() {
    for (Alarm alarm : alarms) {
      Place place = new Place("alarms", 0, run.alarms.size());
      run.alarms.add(
          Recording.record(place, CAMERA, Serdes.alarm().serializer().serialize("", alarm), 0));
    }
    for (Health record : health) {
      Place place = new Place("health", 0, run.health.size());
      run.health.add(
          Recording.record(place, CAMERA, Serdes.health().serializer().serialize("", record), 0));
    }
    for (String topic : List.of("alarms", "health")) {
      run.logs.add(new LogBounds(topic, 0, 0, 100, 100));
    }
  }
}
