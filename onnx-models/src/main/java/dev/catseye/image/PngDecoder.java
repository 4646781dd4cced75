package dev.catseye.image;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PNG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;

/** PNG by FFmpeg, after every chunk's CRC held. */
final class PngDecoder {
  private PngDecoder() {}

  static RgbPlane decodeRgb(byte[] png) {
    PngFile header = PngFile.check(png);
    if (header.bitDepth() == 16) {
      throw DecodeException.unsupported("PNG of 16 bits per sample, expected 8");
    }
    try (FfmpegStill still = FfmpegStill.decode(AV_CODEC_ID_PNG, png, size(header))) {
      int format = still.frame().format();
      byte[] rgb;
      if (format == AV_PIX_FMT_RGB24) {
        rgb = NativeFrames.firstPlane(still.frame(), 3 * header.width());
      } else if (format == AV_PIX_FMT_GRAY8) {
        rgb = tripled(NativeFrames.firstPlane(still.frame(), header.width()));
      } else {
        rgb = NativeFrames.scaledToRgb(still.frame());
      }
      return RgbPlane.owning(header.width(), header.height(), rgb);
    }
  }

  static BytePlane decodeLabels(byte[] png) {
    PngFile header = PngFile.check(png);
    boolean grey = header.colorType() == PngFile.GREY && header.bitDepth() == 8;
    if (!grey && header.colorType() != PngFile.PALETTE) {
      throw DecodeException.unsupported(
          String.format(
              "labels as PNG of colour type %d with %d bits, expected 8-bit grey or a palette",
              header.colorType(), header.bitDepth()));
    }
    try (FfmpegStill still = FfmpegStill.decode(AV_CODEC_ID_PNG, png, size(header))) {
      byte[] labels = NativeFrames.firstPlane(still.frame(), header.width());
      return BytePlane.owning(header.width(), header.height(), labels);
    }
  }

  private static ImageSize size(PngFile header) {
    return new ImageSize(header.width(), header.height(), Format.PNG);
  }

  private static byte[] tripled(byte[] grey) {
    byte[] rgb = new byte[3 * grey.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = grey[i / 3];
    }
    return rgb;
  }
}
