package dev.catseye.perceive;

import dev.catseye.detect.AnomalyDetector;
import dev.catseye.detect.Detection;
import dev.catseye.detect.InferenceException;
import dev.catseye.metrics.Meters;
import dev.catseye.perceive.Passage.Admitted;
import dev.catseye.perceive.Passage.Decoded;
import dev.catseye.perceive.Passage.Settled;
import dev.catseye.schemas.Reason;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.kstream.ValueMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pixels to outcome. The frame may wait for others, to be computed with them, for as long as it
 * stays within its budget; where frames have none it may wait at will. A failure of the runtime is
 * the frame's fault while the golden frame still passes, and the machine's when it does not. Shared
 * by all stream threads.
 */
final class Detecting implements ValueMapper<Passage, Settled> {
  private static final Logger LOG = LoggerFactory.getLogger(Detecting.class);
  private static final Duration AT_WILL = Duration.ofHours(1);

  private final AnomalyDetector detector; // borrowed: the application closes it
  private final GoldenCheck golden;
  private final Optional<NewestWins> newestWins;
  private final ScoreReader reader;
  private final MaskMaker masks;
  private final long maxMaskBytes;
  private final Meters meters;

  /**
   * @param newestWins knows the budget of each frame; empty where frames have none
   */
  Detecting(
      PerceiveSetup setup, MaskMaker masks, long maxMaskBytes, Optional<NewestWins> newestWins) {
    this.newestWins = newestWins;
    this.detector = setup.detector();
    this.golden = setup.golden();
    this.reader = new ScoreReader(setup.config(), setup.model());
    this.masks = masks;
    this.maxMaskBytes = maxMaskBytes;
    this.meters = setup.meters();
  }

  @Override
  public Settled apply(Passage passage) {
    return passage instanceof Decoded decoded ? detect(decoded) : (Settled) passage;
  }

  private Settled detect(Decoded decoded) {
    Stopwatch watch = new Stopwatch();
    Detection detection;
    meters.inferenceBegins();
    try {
      detection = detector.detect(decoded.picture(), patience(decoded.admitted()));
    } catch (InferenceException e) {
      return failed(decoded, Reason.valueOf(e.code().name()), e);
    } catch (RuntimeException e) {
      return failed(decoded, Reason.INFERENCE, e);
    } finally {
      meters.inferenceEnds();
    }
    long queueMicros = Math.max(0, watch.micros() - detection.inferMicros());
    Scores scores = reader.read(decoded, detection, queueMicros);
    if (scores.maskBytesAtMost() > maxMaskBytes) {
      String detail =
          String.format(
              "the mask would take up to %d bytes, topic masks allows %d",
              scores.maskBytesAtMost(), maxMaskBytes);
      return masks.failed(decoded, Reason.TOO_LARGE, named(decoded) + detail);
    }
    return masks.detected(decoded, scores);
  }

  private Duration patience(Admitted frame) {
    return newestWins
        .map(rule -> rule.patience(frame.arrival(), frame.frame(), frame.sighting()))
        .orElse(AT_WILL);
  }

  private Settled failed(Decoded decoded, Reason reason, RuntimeException failure) {
    LOG.debug("inference failed", failure);
    if (!goldenPasses()) {
      throw new SickMachineException(
          named(decoded) + "inference failed, and on the golden frame too: " + failure.getMessage(),
          failure);
    }
    return masks.failed(decoded, reason, named(decoded) + failure.getMessage());
  }

  private boolean goldenPasses() {
    try {
      return golden.passes();
    } catch (RuntimeException e) {
      LOG.debug("the golden frame failed", e);
      return false;
    }
  }

  private static String named(Decoded decoded) {
    return "frame " + decoded.admitted().frame().id() + ": ";
  }
}
