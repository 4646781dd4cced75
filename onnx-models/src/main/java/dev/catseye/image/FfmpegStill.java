package dev.catseye.image;

import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_BITSTREAM;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_BUFFER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_CRCCHECK;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * One still picture through one named FFmpeg decoder: no demuxer, no protocol, no guessing.
 *
 * <p>Owns the native context, packet and frame; {@link #frame()} is valid until {@link #close()}.
 * Used by one thread.
 */
final class FfmpegStill implements AutoCloseable {
  static {
    av_log_set_level(AV_LOG_QUIET); // what is wrong with a picture is told by our exceptions
  }

  /** FFmpeg counts its padded rows and columns, too, when it compares with {@code max_pixels}. */
  private static final long ALIGNMENT = 128;

  private final String name;
  private final AVCodecContext context;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();

  private FfmpegStill(String name, AVCodec codec, ImageSize size) {
    this.name = name;
    this.context = avcodec_alloc_context3(codec);
    context.thread_count(1);
    context.max_pixels((size.width() + ALIGNMENT) * (size.height() + ALIGNMENT));
    context.err_recognition(AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE);
  }

  /**
   * Decodes {@code bytes}, which must be one whole picture.
   *
   * @param codecId FFmpeg's {@code AV_CODEC_ID_...}
   * @param size what the header says; anything else that comes out is refused
   * @throws DecodeException if the decoder refuses
   */
  static FfmpegStill decode(int codecId, byte[] bytes, ImageSize size) {
    AVCodec codec = avcodec_find_decoder(codecId);
    FfmpegStill still = new FfmpegStill(size.format().toString(), codec, size);
    try {
      still.open(codec);
      still.run(bytes);
      still.checkSize(size);
      return still;
    } catch (RuntimeException e) {
      still.close();
      throw e;
    }
  }

  private void open(AVCodec codec) {
    if (avcodec_open2(context, codec, (AVDictionary) null) < 0) {
      throw new IllegalStateException("FFmpeg does not open its decoder for " + name);
    }
  }

  private void run(byte[] bytes) {
    if (av_new_packet(packet, bytes.length) < 0) { // zero-padded, as the decoders demand
      throw new OutOfMemoryError("native memory for a " + name + " of " + bytes.length + " bytes");
    }
    packet.data().put(bytes);
    boolean decoded =
        avcodec_send_packet(context, packet) >= 0
            && avcodec_send_packet(context, null) >= 0
            && avcodec_receive_frame(context, frame) >= 0;
    if (!decoded || frame.decode_error_flags() != 0) {
      throw DecodeException.damaged(name + " damaged: the decoder refuses its picture data");
    }
  }

  private void checkSize(ImageSize size) {
    if (frame.width() != size.width() || frame.height() != size.height()) {
      throw DecodeException.damaged(
          String.format(
              "%s decodes to %dx%d, its header says %dx%d",
              name, frame.width(), frame.height(), size.width(), size.height()));
    }
  }

  /** The decoded picture, native; valid until {@link #close()}. */
  AVFrame frame() {
    return frame;
  }

  @Override
  public void close() {
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(context);
  }
}
