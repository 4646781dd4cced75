package dev.catseye.image;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_WEBP;

/** WebP by FFmpeg: the JDK has no reader, and TwelveMonkeys' decodes other pixels than libwebp. */
final class WebpDecoder {
  private WebpDecoder() {}

  static RgbPlane decode(byte[] webp, ImageSize size) {
    WebpFile.check(webp);
    try (FfmpegStill still = FfmpegStill.decode(AV_CODEC_ID_WEBP, webp, size)) {
      return RgbPlane.owning(size.width(), size.height(), NativeFrames.scaledToRgb(still.frame()));
    } catch (LinkageError e) { // one camera's WebP must not stop the others' JPEG
      throw DecodeException.unsupported(
          "WebP, and FFmpeg cannot be loaded on this machine: " + e.getMessage());
    }
  }
}
