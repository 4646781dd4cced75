package dev.catseye.traffic;

import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.ToolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Cameras that send to a beat, on a thread of their own, and do mischief when told to. Nothing they
 * hand over is given up for two minutes, so that a broker may be away. Thread-safe.
 */
public final class Cameras implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Something one camera does between two frames; runs on the thread of all cameras. */
  public interface Deed {
    /** Does it. */
    void play(CameraLine camera, Outlet outlet);
  }

  /** Where records go. */
  public interface Outlet {
    /** Sends a frame with its headers. */
    void send(CameraLine camera, Frame frame);

    /** Sends any bytes, or null, under any key, to the camera's partition. */
    void send(CameraLine camera, String key, byte[] value);
  }

  private final Topics topics;
  private final List<CameraLine> lines = new ArrayList<>();
  private final List<Picture> pictures;
  private final Beat beat;
  private final Consumer<Sent> transcript; // borrowed
  private final KafkaProducer<String, byte[]> producer;
  private final Queue<Runnable> mischief = new ConcurrentLinkedQueue<>();
  private final AtomicLong handed = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "cameras");
  private volatile boolean stopped;

  private Cameras(
      ClientConfig client,
      Topics topics,
      String boot,
      List<Picture> pictures,
      Beat beat,
      Consumer<Sent> transcript) {
    this.topics = topics;
    this.pictures = pictures;
    this.beat = beat;
    this.transcript = transcript;
    List<String> names = topics.cameras().cameras();
    names.forEach(name -> lines.add(new CameraLine(name, lines.size(), boot)));
    this.producer =
        new KafkaProducer<>(
            client.with(settings(topics.frames().maxBytes())),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /**
   * Begins to send.
   *
   * @param topics with the cameras listed
   * @param boot run of the cameras' processes; another one for every start
   * @param pictures of every camera, in turn
   * @param beat of all cameras together
   * @param transcript is told of every record that the broker confirmed, on a thread of Kafka's
   */
  public static Cameras start(
      ClientConfig client,
      Topics topics,
      String boot,
      List<Picture> pictures,
      Beat beat,
      Consumer<Sent> transcript) {
    Cameras cameras = new Cameras(client, topics, boot, pictures, beat, transcript);
    cameras.thread.setDaemon(true);
    cameras.thread.start();
    return cameras;
  }

  private static Map<String, Object> settings(int maxBytes) {
    Map<String, Object> settings = new HashMap<>();
    int patienceMillis = (int) PATIENCE.toMillis();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxBytes);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L * maxBytes);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patienceMillis);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patienceMillis);
    return settings;
  }

  /** Has camera number {@code camera} do something, and tells what the broker confirmed of it. */
  public CompletableFuture<List<Sent>> play(int camera, Deed deed) {
    CompletableFuture<CompletableFuture<List<Sent>>> played = new CompletableFuture<>();
    CameraLine line = lines.get(camera % lines.size());
    mischief.add(
        () -> {
          Recorder recorder = new Recorder();
          deed.play(line, recorder);
          played.complete(recorder.all());
        });
    return played.thenCompose(confirmed -> confirmed);
  }

  /** Name of camera number {@code camera}. */
  public String name(int camera) {
    return lines.get(camera % lines.size()).id();
  }

  /** Records handed to the producer so far. */
  public long handed() {
    return handed.get();
  }

  private void run() {
    try {
      for (long index = 0; !stopped; index++) {
        beat.await(index);
        for (Runnable deed = mischief.poll(); deed != null; deed = mischief.poll()) {
          deed.run();
        }
        CameraLine line = lines.get((int) (index % lines.size()));
        Picture picture = pictures.get((int) (index / lines.size() % pictures.size()));
        new Recorder().send(line, line.next(picture));
      }
    } catch (InterruptedException | InterruptException e) {
      return; // asked to end at once
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  /** Hands records over and keeps what becomes of them. */
  private final class Recorder implements Outlet {
    private final List<CompletableFuture<Sent>> confirmations = new ArrayList<>();

    @Override
    public void send(CameraLine camera, Frame frame) {
      ProducerRecord<String, byte[]> record = record(camera, camera.id(), Frames.write(frame));
      FrameHeaders.write(frame, record.headers());
      send(record);
    }

    @Override
    public void send(CameraLine camera, String key, byte[] value) {
      send(record(camera, key, value));
    }

    private ProducerRecord<String, byte[]> record(CameraLine camera, String key, byte[] value) {
      return new ProducerRecord<>(topics.frames().name(), camera.partition(), key, value);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of everything
    private void send(ProducerRecord<String, byte[]> record) {
      CompletableFuture<Sent> confirmation = new CompletableFuture<>();
      confirmations.add(confirmation);
      handed.incrementAndGet();
      producer.send(record, (metadata, problem) -> confirm(confirmation, metadata, problem));
    }

    private void confirm(
        CompletableFuture<Sent> confirmation, RecordMetadata metadata, Exception problem) {
      if (problem != null) {
        failure.compareAndSet(null, problem);
        confirmation.completeExceptionally(problem);
        return;
      }
      Sent sent = new Sent(metadata.partition(), metadata.offset(), metadata.timestamp());
      transcript.accept(sent);
      confirmation.complete(sent);
    }

    private CompletableFuture<List<Sent>> all() {
      return CompletableFuture.allOf(confirmations.toArray(CompletableFuture[]::new))
          .thenApply(any -> confirmations.stream().map(CompletableFuture::join).toList());
    }
  }

  /**
   * Ends the sending and waits until the broker has confirmed everything.
   *
   * @throws ToolException if a record was not delivered
   */
  public void finish() throws InterruptedException {
    stopped = true;
    thread.join();
    producer.close(PATIENCE);
    if (failure.get() != null) {
      throw new ToolException(
          "a frame was not delivered: " + failure.get().getMessage(), failure.get());
    }
  }

  /** Ends it at once; what is not confirmed is given up. */
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    producer.close(Duration.ZERO);
  }
}
