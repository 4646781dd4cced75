package dev.catseye.image;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;

/** Copies pixels out of FFmpeg's frames. */
final class NativeFrames {
  /** Without these chroma is off by up to 23 of 255 against libwebp, with them by at most 2. */
  private static final int ACCURATE = SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT;

  private NativeFrames() {}

  /**
   * The first plane, row by row.
   *
   * @param frame borrowed
   * @param rowBytes bytes per row that hold pixels; the native row may be longer
   * @param rows how many
   */
  static byte[] firstPlane(AVFrame frame, int rowBytes, int rows) {
    byte[] pixels = new byte[rowBytes * rows];
    BytePointer plane = frame.data(0);
    for (int y = 0; y < rows; y++) {
      plane.position((long) y * frame.linesize(0)).get(pixels, y * rowBytes, rowBytes);
    }
    return pixels;
  }

  /**
   * Any pixel format through FFmpeg's scaler in its accurate setting, to R G B.
   *
   * @param frame borrowed
   */
  static byte[] scaledToRgb(AVFrame frame) {
    // The scaler stretches the chroma plane over the luma plane: with an odd side it would be
    // stretched by a little less than two. Decoders keep whole 16x16 blocks, so one more is there.
    int even = isSubsampled(frame) ? 1 : 0;
    int width = frame.width() + (frame.width() & even);
    int height = frame.height() + (frame.height() & even);
    SwsContext scaler =
        sws_getContext(
            width,
            height,
            frame.format(),
            width,
            height,
            AV_PIX_FMT_RGB24,
            ACCURATE,
            null,
            null,
            (DoublePointer) null);
    if (scaler == null) {
      throw DecodeException.unsupported("picture of FFmpeg's pixel format " + frame.format());
    }
    AVFrame rgb = av_frame_alloc();
    try {
      rgb.format(AV_PIX_FMT_RGB24).width(width).height(height);
      if (av_frame_get_buffer(rgb, 0) < 0) {
        throw new OutOfMemoryError("native memory for a picture of " + width + "x" + height);
      }
      sws_scale(scaler, frame.data(), frame.linesize(), 0, height, rgb.data(), rgb.linesize());
      return firstPlane(rgb, 3 * frame.width(), frame.height());
    } finally {
      av_frame_free(rgb);
      sws_freeContext(scaler);
    }
  }

  private static boolean isSubsampled(AVFrame frame) {
    return av_pix_fmt_desc_get(frame.format()).log2_chroma_w() > 0;
  }
}
