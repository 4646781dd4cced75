package dev.catseye.app;

import dev.catseye.bundle.Bundle;
import dev.catseye.detect.AnomalyDetector;
import dev.catseye.detect.InferenceLane;
import dev.catseye.detect.OnnxDetector;
import dev.catseye.detect.Provider;
import dev.catseye.fetch.FetchAhead;
import dev.catseye.image.Decoder;
import dev.catseye.image.ImageLimits;
import dev.catseye.judge.FramesEnd;
import dev.catseye.judge.JudgeSetup;
import dev.catseye.judge.JudgeTopology;
import dev.catseye.metrics.Meters;
import dev.catseye.metrics.WorkLog;
import dev.catseye.payload.FolderStore;
import dev.catseye.perceive.GoldenCheck;
import dev.catseye.perceive.PerceiveSetup;
import dev.catseye.perceive.PerceiveTopology;
import dev.catseye.perceive.Shedding;
import dev.catseye.perceive.WarmUp;
import dev.catseye.schemas.Topics;
import dev.catseye.web.StatusServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process of the service, from its start to its end. */
final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final Duration ADMIN_CLOSE = Duration.ofSeconds(1);
  private static final Duration WARM_UP = Duration.ofSeconds(3); // until the hot code is compiled

  private final ServiceConfig config;
  private final Topics topics;
  private final Meters meters = Meters.withJvm();
  private final WorkLog work = new WorkLog();
  private final Vitals vitals;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean failed;

  Service(ServiceConfig config) {
    this.config = config;
    this.topics = Topics.withPrefix(config.topicsPrefix());
    this.vitals = new Vitals(config.instanceId(), config.roles(), Micros::now);
    meters.process(vitals::state);
  }

  /** How this process is. */
  Vitals vitals() {
    return vitals;
  }

  /** Asks the service to end; returns at once. */
  void stop() {
    vitals.stopping();
    stop.countDown();
  }

  /**
   * Runs until {@link #stop} or a failure that this process cannot survive.
   *
   * @return whether it ended because it was asked to
   * @throws IOException if the port of the status pages cannot be had
   */
  boolean run() throws IOException, InterruptedException {
    Optional<Bundle> bundle = config.bundle().filter(path -> perceives()).map(Bundle::open);
    // Closed in reverse: topologies end their frames, then the lane and the model go, then the last
    // heartbeat.
    try (Closing open = new Closing()) {
      try {
        StatusServer pages =
            open.add(StatusServer.start(config.http(), meters::text, vitals::live, vitals::ready));
        start(bundle, open);
        LOG.info("runs as {}; ready at {}/health/ready", config.instanceId(), pages.address());
      } catch (IOException | RuntimeException e) {
        vitals.failed("the start failed");
        throw e;
      }
      stop.await();
      vitals.stopping();
      LOG.info("stops");
    }
    return !failed;
  }

  private void start(Optional<Bundle> bundle, Closing open) throws InterruptedException {
    vitals.starting("looks for brokers and topics");
    Admin admin = Admin.create(config.kafka().admin());
    open.add(() -> admin.close(ADMIN_CLOSE)); // else it waits a minute for a broker that is away
    int partitions =
        new TopicCheck(admin, config.kafka(), config.startTimeout())
            .require(TopicCheck.topicsOf(config.roles(), topics), config.topicsPrefix());
    FramesEndWatch framesEnd =
        open.add(FramesEndWatch.start(admin, topics.frames().name(), partitions, Micros::now));
    open.add(OrphanWatch.start(admin, config.roles().stream().map(this::applicationId).toList()));
    open.add(
        HeartbeatSender.start(
            config.kafka(),
            topics.heartbeats(),
            () -> vitals.heartbeat(work.excerpt()),
            vitals::condition));

    vitals.starting("loads the model");
    Optional<LoadedModel> model = bundle.map(read -> open.add(LoadedModel.open(read, config)));
    model.ifPresent(this::tell);
    Limits limits = limits(model, partitions);
    List<RunningTopology> topologies = new ArrayList<>();
    if (config.roles().contains(Role.JUDGE)) {
      topologies.add(open.add(judge(framesEnd, limits)));
    }
    model.ifPresent(loaded -> topologies.add(perceive(loaded, limits, open)));
    vitals.running(new Vitals.Watched(topologies, limits, framesEnd::answeredMicros));
  }

  private void tell(LoadedModel model) {
    String provider = model.model().provider();
    vitals.loaded(
        provider, model.bundle().digest(), provider.equals(config.inference().provider().name()));
    meters.model(model.labels(), !provider.equals(Provider.CPU.name()));
  }

  private Limits limits(Optional<LoadedModel> model, int partitions) {
    Duration slowest = model.map(loaded -> loaded.lane().maxRun()).orElse(config.slowestFrame());
    Limits limits = new Limits(slowest, partitions);
    if (limits.outlastsBroker()) {
      LOG.warn(
          "frames of up to {} s on {} partitions may outlast a transaction ({} min) and be done"
              + " again: spread them over more instances or stream.threads",
          slowest.toSeconds(),
          partitions,
          limits.transactionTimeout().toMinutes());
    }
    return limits;
  }

  private StreamsHandle perceive(LoadedModel model, Limits limits, Closing open) {
    OnnxDetector detector = model.detector();
    GoldenCheck golden = () -> detector.checkGolden().passed();
    warmUp(model.bundle(), setup(model, detector, golden, Optional.empty()));
    InferenceLane lane =
        open.add(InferenceLane.start(detector, model.lane(), new LaneMeters(meters)));
    Optional<FetchAhead> fetchAhead =
        config.profile().sheds()
            ? Optional.of(new FetchAhead(camera -> config.priorities().getOrDefault(camera, 1)))
            : Optional.empty();
    PerceiveSetup setup = setup(model, lane, () -> lane.inTurn(golden::passes), fetchAhead);
    Map<String, Object> settings = config.profile().perceive(config.instanceId(), limits);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streamThreads());
    Topology topology = PerceiveTopology.build(topics, setup);
    return open.add(
        start(Role.PERCEIVE, topology, settings, fetchAhead, work::settledCount, limits));
  }

  private PerceiveSetup setup(
      LoadedModel model,
      AnomalyDetector detector,
      GoldenCheck golden,
      Optional<FetchAhead> fetchAhead) {
    return new PerceiveSetup(
        config.perceive(),
        model.model(),
        detector,
        golden,
        FolderStore.over(config.referenceRoots()),
        fetchAhead.map(ahead -> new Shedding(ahead, model.frameTime())),
        meters,
        work,
        Micros::now,
        config.instanceId());
  }

  private void warmUp(Bundle bundle, PerceiveSetup setup) {
    vitals.starting("warms up");
    bundle
        .golden()
        .map(golden -> Decoder.decodeRgb(golden.frameBytes(), ImageLimits.DEFAULT))
        .ifPresent(
            picture -> {
              int rounds = WarmUp.run(setup, topics, picture, WARM_UP);
              LOG.info("warm after {} rounds over the golden frame", rounds);
            });
  }

  private StreamsHandle judge(FramesEnd framesEnd, Limits limits) {
    JudgeSetup setup =
        new JudgeSetup(
            config.alarms(),
            config.health(),
            framesEnd,
            meters,
            work,
            Micros::now,
            config.instanceId());
    Map<String, Object> settings = config.profile().judge(config.instanceId(), limits);
    Topology topology = JudgeTopology.build(topics, setup);
    return start(Role.JUDGE, topology, settings, Optional.empty(), work::judgedCount, limits);
  }

  private StreamsHandle start(
      Role role,
      Topology topology,
      Map<String, Object> profile,
      Optional<FetchAhead> fetchAhead,
      LongSupplier done,
      Limits limits) {
    Map<String, Object> settings = config.kafka().streams();
    settings.putAll(profile);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(role));
    settings.put(
        StreamsConfig.CLIENT_ID_CONFIG,
        TransactionOwner.clientId(applicationId(role), config.instanceId()));
    StreamsHandle.Start start =
        new StreamsHandle.Start(
            settings,
            fetchAhead,
            config.profile().closing(limits.closeTimeout()),
            done,
            this::fail);
    return StreamsHandle.start(role, topology, start, Micros.now());
  }

  private String applicationId(Role role) {
    return config.topicsPrefix() + config.applicationId() + "-" + role.label();
  }

  private void fail(Role role, Throwable thrown) {
    String line = Failure.line(role, thrown);
    LOG.error("{}", line);
    LOG.debug("{} stopped", role.label(), thrown);
    failed = true;
    vitals.failed(line);
    stop.countDown();
  }

  private boolean perceives() {
    return config.roles().contains(Role.PERCEIVE);
  }
}
