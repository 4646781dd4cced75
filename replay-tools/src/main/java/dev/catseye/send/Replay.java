package dev.catseye.send;

import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.GroundTruth;
import dev.catseye.schemas.InlineContent;
import dev.catseye.schemas.Topics;
import dev.catseye.source.LabelView;
import dev.catseye.source.PlannedFrame;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.ProgressBar;
import dev.catseye.tools.ToolException;
import dev.catseye.topics.Catalogue;
import dev.catseye.topics.TopicState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;

/** Sends the frames of a plan, in order. One instance per replay, used by one thread. */
public final class Replay {
  private final Cluster cluster;
  private final Topics topics;
  private final Pace pace;
  private final TimePolicy policy;
  private final Consumer<FrameId> onSend;
  private final List<String> skipped = new ArrayList<>();
  private final List<FrameId> sent = new ArrayList<>();
  private long bytes;

  /**
   * @param cluster borrowed
   * @param onSend hears of each frame right before it is handed to the producer
   */
  public Replay(
      Cluster cluster, Topics topics, Pace pace, TimePolicy policy, Consumer<FrameId> onSend) {
    this.cluster = cluster;
    this.topics = topics;
    this.pace = pace;
    this.policy = policy;
    this.onSend = onSend;
  }

  /**
   * Sends {@code frames}, at least one. An interrupt ends it early: what was handed over is
   * delivered and reported, and the report says so.
   *
   * @throws ToolException if a topic is missing or a record cannot be delivered
   */
  public ReplayReport send(List<PlannedFrame> frames, ProgressBar progress)
      throws InterruptedException {
    FrameSender sender = new FrameSender(cluster.config(), topics, maxBytes(frames));
    Timekeeper time = new Timekeeper(pace, policy, Ticker.system());
    boolean stopped;
    try (sender;
        ReadAhead files = new ReadAhead(frames)) {
      stopped = sendAll(frames, files, sender, time, progress);
    }
    sender.requireDelivered();
    skipped.addAll(sender.refused());
    ClockDomain clock = time.clock(frames.get(0));
    return new ReplayReport(
        frames.size(),
        sender.frames(),
        sender.labels(),
        bytes,
        List.copyOf(skipped),
        Duration.ofNanos(time.elapsedNanos()),
        time.lateMicros(),
        clock,
        sent.isEmpty() ? 0 : sent.get(0).captureMicros(),
        sent.isEmpty() ? 0 : sent.get(sent.size() - 1).captureMicros(),
        stopped);
  }

  private Map<String, Integer> maxBytes(List<PlannedFrame> frames) throws InterruptedException {
    boolean labelled = frames.stream().anyMatch(frame -> frame.picture().label().isPresent());
    List<String> names =
        labelled
            ? List.of(topics.frames().name(), topics.groundTruth().name())
            : List.of(topics.frames().name());
    Map<String, TopicState> states = Catalogue.states(cluster, names);
    Map<String, Integer> maxBytes = new HashMap<>();
    for (String name : names) {
      if (!states.containsKey(name)) {
        throw new ToolException(
            "there is no topic %s at %s; `catseye topics create` makes it"
                .formatted(name, cluster.config().bootstrapServers()));
      }
      maxBytes.put(name, states.get(name).maxBytes());
    }
    return maxBytes;
  }

  /** Returns whether an interrupt ended it early. */
  private boolean sendAll(
      List<PlannedFrame> frames,
      ReadAhead files,
      FrameSender sender,
      Timekeeper time,
      ProgressBar progress) {
    try {
      sender.meetBroker();
      for (int i = 0; i < frames.size(); i++) {
        sendOne(i, frames.get(i), files, sender, time);
        progress.show(i + 1, skipped.isEmpty() ? "" : skipped.size() + " skipped");
      }
      return false;
    } catch (InterruptedException | InterruptException e) {
      // Kafka sets the flag again, but what was handed over is still to be delivered.
      Thread.interrupted();
      return true;
    }
  }

  private void sendOne(
      int index, PlannedFrame plan, ReadAhead files, FrameSender sender, Timekeeper time)
      throws InterruptedException {
    try {
      LoadedFrame loaded = files.next();
      FrameId id = time.await(index, plan);
      Optional<GroundTruth> truth = loaded.label().map(label -> truth(loaded, id));
      if (truth.isPresent()) {
        sender.send(truth.get()); // before the frame, so that whoever has the mask finds the labels
      }
      Frame frame = frame(loaded, id, time.clock(plan));
      onSend.accept(id);
      sender.send(frame);
      sent.add(id);
      bytes += loaded.content().size();
    } catch (SkippedException e) {
      skipped.add(e.getMessage());
    }
  }

  private static Frame frame(LoadedFrame loaded, FrameId id, ClockDomain clock) {
    return Frame.sealed(
        id,
        clock,
        loaded.size().width(),
        loaded.size().height(),
        loaded.encoding(),
        new InlineContent(loaded.content()),
        loaded.frame().driveId(),
        Optional.empty(),
        OptionalDouble.empty());
  }

  private static GroundTruth truth(LoadedFrame loaded, FrameId id) {
    LabelView view = loaded.frame().picture().label().orElseThrow().view();
    return new GroundTruth(
        id,
        loaded.frame().driveId(),
        loaded.label().orElseThrow(),
        view.anomalyValues(),
        view.normalValues(),
        view.voidValues(),
        view.wireName());
  }
}
