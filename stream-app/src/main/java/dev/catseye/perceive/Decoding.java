package dev.catseye.perceive;

import dev.catseye.detect.AnomalyDetector;
import dev.catseye.image.Decoder;
import dev.catseye.image.Format;
import dev.catseye.image.FrameException;
import dev.catseye.image.ImageHeader;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.ImageSize;
import dev.catseye.image.Luma;
import dev.catseye.image.RawFrames;
import dev.catseye.image.RgbPlane;
import dev.catseye.payload.PayloadException;
import dev.catseye.payload.PayloadStore;
import dev.catseye.perceive.Passage.Admitted;
import dev.catseye.perceive.Passage.Decoded;
import dev.catseye.schemas.Content;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.InlineContent;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.ReferenceContent;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.kstream.ValueMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payload to pixels. A payload that lies elsewhere is fetched first. What the bytes are is told
 * from the bytes; the envelope must agree. The detector is told that a frame is on its way, so that
 * others may wait for it.
 */
final class Decoding implements ValueMapper<Passage, Passage> {
  private static final Logger LOG = LoggerFactory.getLogger(Decoding.class);

  private final ImageLimits limits;
  private final PayloadStore payloads;
  private final LongSupplier nowMicros;
  private final AnomalyDetector detector; // borrowed: the application closes it
  private final MaskMaker masks;

  Decoding(PerceiveSetup setup, MaskMaker masks) {
    this.limits = setup.config().picture();
    this.payloads = setup.payloads();
    this.nowMicros = setup.nowMicros();
    this.detector = setup.detector();
    this.masks = masks;
  }

  @Override
  public Passage apply(Passage passage) {
    return passage instanceof Admitted admitted ? decode(admitted) : passage;
  }

  private Passage decode(Admitted admitted) {
    Frame frame = admitted.frame();
    Stopwatch watch = new Stopwatch();
    detector.announce();
    try {
      RgbPlane picture = picture(frame);
      return new Decoded(admitted, picture, Luma.of(picture), watch.micros());
    } catch (PayloadException e) {
      String where = ((ReferenceContent) frame.content()).uri();
      return undecodable(admitted, Reason.REFERENCE, where + ": " + e.getMessage(), watch);
    } catch (Mismatch e) {
      return undecodable(admitted, e.reason, e.getMessage(), watch);
    } catch (FrameException e) {
      return undecodable(admitted, Reason.valueOf(e.code().name()), e.getMessage(), watch);
    } catch (RuntimeException e) {
      // A decoder that fails in a way of its own must not stop the line: these bytes come again.
      LOG.error("frame {}: the decoder failed: {}", frame.id(), e.toString());
      LOG.debug("the decoder failed", e);
      return undecodable(admitted, Reason.DECODE, "the decoder failed: " + e, watch);
    }
  }

  private Passage undecodable(Admitted frame, Reason reason, String detail, Stopwatch watch) {
    detector.renounce();
    String named = "frame " + frame.frame().id() + ": " + detail;
    return masks.undecodable(frame, reason, named, watch.micros());
  }

  private RgbPlane picture(Frame frame) throws PayloadException {
    byte[] payload = payload(frame.content());
    int width = frame.width();
    int height = frame.height();
    return switch (frame.encoding()) {
      case JPEG -> compressed(payload, frame, Format.JPEG);
      case PNG -> compressed(payload, frame, Format.PNG);
      case WEBP -> compressed(payload, frame, Format.WEBP);
      case RGB8 -> RawFrames.rgb8(payload, width, height, limits);
      case BGR8 -> RawFrames.bgr8(payload, width, height, limits);
      case NV12 -> RawFrames.nv12(payload, width, height, limits);
    };
  }

  private byte[] payload(Content content) throws PayloadException {
    limits.checkBytes(content.sizeBytes()); // before a referred file is looked for
    if (content instanceof ReferenceContent reference) {
      return payloads.fetch(reference, nowMicros.getAsLong());
    }
    return ((InlineContent) content).bytes().toArray();
  }

  private RgbPlane compressed(byte[] payload, Frame frame, Format declared) {
    ImageSize size = ImageHeader.read(payload);
    if (size.format() != declared) {
      throw new Mismatch(
          Reason.ENCODING,
          String.format(
              "the bytes are %s, the envelope says %s",
              Encoding.valueOf(size.format().name()).wireName(), frame.encoding().wireName()));
    }
    limits.checkSize(size.width(), size.height());
    if (size.width() != frame.width() || size.height() != frame.height()) {
      throw new Mismatch(
          Reason.GEOMETRY,
          String.format(
              "the picture is %dx%d, the envelope says %dx%d",
              size.width(), size.height(), frame.width(), frame.height()));
    }
    return Decoder.decodeRgb(payload, limits);
  }

  /** Envelope and bytes disagree. */
  private static final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    Mismatch(Reason reason, String message) {
      super(message, null, false, false);
      this.reason = reason;
    }
  }
}
