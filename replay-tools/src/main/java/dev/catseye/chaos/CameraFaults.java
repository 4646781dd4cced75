package dev.catseye.chaos;

import dev.catseye.chaos.Inflicted.Bite;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.Outcome;
import dev.catseye.tools.ToolException;
import dev.catseye.traffic.Cameras.Deed;
import dev.catseye.traffic.Picture;
import dev.catseye.traffic.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Faults that cameras bring in. Each bites when the service says of its records what they are. */
final class CameraFaults {
  private static final Duration CONFIRMED_WITHIN = Duration.ofMinutes(2);
  private static final int SLOW_WIDTH = 4096; // its resizing makes inference slow
  private static final int SLOW_HEIGHT = 4096;
  private static final int SLOW_FRAMES = 2;
  private static final int SLOW_FACTOR = 2;
  private static final int HANGING_COLUMNS = 512;
  private static final int HANGING_ATTEMPTS = 5;
  private static final int OVERTAKEN = 3;
  private static final int FRAMES_OF_A_JUMP = 4;
  private static final Duration JUMP = Duration.ofMinutes(30);
  private static final byte[] LENGTH_BOMB = {-1, -1, -1, -1, 15}; // a string of 2^31 bytes

  private final Site site;
  private final Supplier<Picture> slowPicture;
  private final Picture hangingPicture;
  private final List<Sent> laborious = new ArrayList<>();

  CameraFaults(Site site) {
    this.site = site;
    Picture usual = site.pictures().get(0);
    this.slowPicture = () -> usual.resizedTo(SLOW_WIDTH, SLOW_HEIGHT);
    this.hangingPicture = usual.resizedTo(HANGING_COLUMNS, HangingBundle.ROWS);
  }

  /** One of each kind of record that must be refused. */
  Inflicted poison(Fault fault) throws InterruptedException {
    Random random = new Random(fault.seed());
    Picture picture = site.pictures().get(random.nextInt(site.pictures().size()));
    byte[] noise = new byte[200];
    random.nextBytes(noise);
    Deed deed =
        (camera, outlet) -> {
          byte[] flipped = Frames.write(camera.next(picture));
          flipped[flipped.length / 2] ^= (byte) (1 << random.nextInt(8));
          outlet.send(camera, camera.id(), flipped);
          outlet.send(camera, camera.nextThatLies(picture));
          outlet.send(camera, camera.next(picture.truncated()));
          outlet.send(camera, camera.id() + "?", Frames.write(camera.next(picture)));
          outlet.send(camera, camera.id(), noise);
          outlet.send(camera, camera.id(), LENGTH_BOMB);
          outlet.send(camera, null, new byte[0]);
          outlet.send(camera, camera.id(), null);
        };
    return told(fault, deed, Outcome.REJECTED);
  }

  /** The last frames once more. */
  Inflicted duplicate(Fault fault) throws InterruptedException {
    Deed deed = (camera, outlet) -> camera.latest().forEach(frame -> outlet.send(camera, frame));
    return told(fault, deed, Outcome.DUPLICATE);
  }

  /** Pairs whose second frame comes first. */
  Inflicted reorder(Fault fault) throws InterruptedException {
    Picture picture = site.pictures().get(0);
    Deed deed =
        (camera, outlet) -> {
          for (int pair = 0; pair < OVERTAKEN; pair++) {
            Frame overtaken = camera.next(picture);
            outlet.send(camera, camera.next(picture));
            outlet.send(camera, overtaken);
          }
        };
    return told(fault, deed, Outcome.LATE);
  }

  private static String words(Map<Outcome, Long> outcomes) {
    return outcomes.entrySet().stream()
        .map(each -> each.getValue() + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  private Inflicted told(Fault fault, Deed deed, Outcome expected) throws InterruptedException {
    long from = System.currentTimeMillis();
    List<Sent> sent = confirmed(site.cameras().play(fault.subject(), deed));
    return new Inflicted(
        fault,
        "camera " + site.cameras().name(fault.subject()),
        from,
        System.currentTimeMillis(),
        List::of,
        () -> {
          Map<Outcome, Long> outcomes = site.transcript().outcomes(sent);
          return Bite.when(
              outcomes.containsKey(expected),
              "%d records: %s".formatted(sent.size(), words(outcomes)));
        });
  }

  /** Pictures that the network must shrink first, one after the other. */
  Inflicted slow(Fault fault) throws InterruptedException {
    Picture large = slowPicture.get();
    long from = System.currentTimeMillis();
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < SLOW_FRAMES; i++) {
      Deed deed = (camera, outlet) -> outlet.send(camera, camera.next(large));
      sent.addAll(confirmed(site.cameras().play(fault.subject(), deed)));
      TimeUnit.MILLISECONDS.sleep(2 * site.period().toMillis());
    }
    laborious.addAll(sent);
    return new Inflicted(
        fault,
        "camera " + site.cameras().name(fault.subject()),
        from,
        System.currentTimeMillis(),
        List::of,
        () -> slowness(sent));
  }

  private Bite slowness(List<Sent> sent) {
    long usual = site.transcript().medianInferMicros();
    long slowest =
        sent.stream()
            .flatMap(record -> site.transcript().answer(record).stream())
            .mapToLong(Answer::inferMicros)
            .max()
            .orElse(0);
    return Bite.when(
        usual > 0 && slowest >= SLOW_FACTOR * usual,
        "inference of %d ms, usually %d ms".formatted(slowest / 1000, usual / 1000));
  }

  /**
   * A picture that the network does not come back from; the service must end its run. One that was
   * shed for a newer one is sent again, a few times.
   */
  Inflicted hang(Fault fault) throws InterruptedException {
    long from = System.currentTimeMillis();
    Deed deed = (camera, outlet) -> outlet.send(camera, camera.next(hangingPicture));
    List<Sent> sent = List.of();
    boolean shed = true;
    for (int attempt = 0; attempt < HANGING_ATTEMPTS && shed; attempt++) {
      sent = confirmed(site.cameras().play(fault.subject(), deed));
      laborious.addAll(sent);
      site.transcript().awaitAnswer(sent.get(0), CONFIRMED_WITHIN.toMillis());
      shed = site.transcript().outcomes(sent).containsKey(Outcome.SHED);
    }
    Sent last = sent.get(0);
    return new Inflicted(
        fault,
        "camera " + site.cameras().name(fault.subject()),
        from,
        System.currentTimeMillis(),
        List::of,
        () -> ending(last));
  }

  private Bite ending(Sent picture) {
    Optional<Answer> answer = site.transcript().answer(picture);
    return Bite.when(
        answer.filter(Answer::failedInInference).isPresent(),
        answer
            .map(
                end ->
                    "%s(%s) after %.1f s"
                        .formatted(
                            end.outcome(),
                            end.reason(),
                            (end.appendedMillis() - picture.appendedMillis()) / 1e3))
            .orElse("no answer yet"));
  }

  /** Records so far whose inference may be ended before it is done. */
  List<Sent> laborious() {
    return List.copyOf(laborious);
  }

  /** The clock goes back by a while, then forward by as much, then right again. */
  Inflicted jump(Fault fault) throws InterruptedException {
    long from = System.currentTimeMillis();
    long before = clockFaults();
    long waitMillis = FRAMES_OF_A_JUMP * site.period().toMillis();
    for (long shift : new long[] {-JUMP.toMillis() * 1000, JUMP.toMillis() * 1000, 0}) {
      confirmed(site.cameras().play(fault.subject(), (camera, outlet) -> camera.shiftClock(shift)));
      TimeUnit.MILLISECONDS.sleep(waitMillis);
    }
    site.transcript().awaitAnswers(System.currentTimeMillis(), CONFIRMED_WITHIN.toMillis() / 4);
    long counted = clockFaults() - before;
    return new Inflicted(
        fault,
        "camera " + site.cameras().name(fault.subject()),
        from,
        System.currentTimeMillis(),
        List::of,
        () -> Bite.when(counted > 0, "%d clock faults counted".formatted(counted)));
  }

  private long clockFaults() throws InterruptedException {
    long sum = 0;
    for (Instance instance : site.instances()) {
      sum += instance.clockFaults();
    }
    return sum;
  }

  private static List<Sent> confirmed(Future<List<Sent>> played) throws InterruptedException {
    try {
      return played.get(CONFIRMED_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new ToolException("a camera's records were not delivered: " + e.getMessage(), e);
    }
  }
}
