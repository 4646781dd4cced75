package dev.catseye.image;

import java.io.ByteArrayOutputStream;

/**
 * The segments of a JPEG file from its start marker to its end marker.
 *
 * <p>Source: ITU-T T.81, annex B.
 *
 * @param width columns as the frame header says
 * @param height rows as the frame header says
 * @param precision bits per sample
 * @param components 1 grey, 3 colour
 * @param process the frame header's marker, 0xC0 to 0xCF: which coding process
 */
record JpegFile(int width, int height, int precision, int components, int process) {
  private static final int START_BYTES = 2;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int APP0_JFIF = 0xE0;
  private static final int APP14_ADOBE = 0xEE;
  private static final int COMMENT = 0xFE;

  /** Far above any encoder's habit (about 10), far below the files made to keep a decoder busy. */
  private static final int MAX_SCANS = 100;

  /** Reads up to the frame header; what follows may be anything. */
  static JpegFile header(byte[] jpeg) {
    PayloadReader in = new PayloadReader(jpeg, "JPEG");
    int at = START_BYTES;
    while (true) {
      int marker = marker(in, at);
      if (isFrameHeader(marker)) {
        return frameHeader(in, at, marker);
      }
      if (marker == SCAN || marker == END) {
        throw DecodeException.damaged("JPEG without a frame header before its data");
      }
      at = next(in, at);
    }
  }

  /**
   * Walks all segments: whole, of a kind that we read, the end marker the last thing in the file.
   *
   * @return the file without what cannot change a pixel (Exif, ICC profile, comments, thumbnails in
   *     them): a warning of the decoder then speaks of the picture and of nothing else
   * @throws DecodeException naming the offset
   */
  static byte[] checkedWithoutMetadata(byte[] jpeg) {
    header(jpeg).checkSupported();
    PayloadReader in = new PayloadReader(jpeg, "JPEG");
    ByteArrayOutputStream kept = new ByteArrayOutputStream(jpeg.length);
    kept.write(jpeg, 0, START_BYTES);
    int at = START_BYTES;
    int scans = 0;
    while (marker(in, at) != END) {
      int marker = marker(in, at);
      int next = next(in, at);
      if (marker == SCAN) {
        if (++scans > MAX_SCANS) {
          throw DecodeException.unsupported("JPEG of more than " + MAX_SCANS + " scans");
        }
        next = endOfEntropyCodedData(in, next);
      }
      if (!isMetadata(marker)) {
        kept.write(jpeg, at, next - at);
      }
      at = next;
    }
    if (scans == 0) {
      throw DecodeException.damaged("JPEG without picture data");
    }
    if (at + 2 != jpeg.length) {
      throw DecodeException.damaged(jpeg.length - at - 2 + " bytes behind the end of the JPEG");
    }
    kept.write(jpeg, at, 2);
    return kept.toByteArray();
  }

  private void checkSupported() {
    if (process != 0xC0 && process != 0xC1 && process != 0xC2) {
      throw DecodeException.unsupported(
          String.format(
              "JPEG of coding process SOF%d, expected baseline, extended or progressive Huffman",
              process - 0xC0));
    }
    if (precision != 8) {
      throw DecodeException.unsupported("JPEG of " + precision + " bits per sample, expected 8");
    }
    if (components == 4) {
      throw DecodeException.unsupported(
          "JPEG of 4 components (CMYK or YCCK), expected grey or colour");
    }
    if (components != 1 && components != 3) {
      throw DecodeException.unsupported("JPEG of " + components + " components, expected 1 or 3");
    }
  }

  private static JpegFile frameHeader(PayloadReader in, int at, int marker) {
    int height = in.u16(at + 5);
    int width = in.u16(at + 7);
    return new JpegFile(width, height, in.u8(at + 4), in.u8(at + 9), marker);
  }

  /** Marker code at {@code at}, where one must be. */
  private static int marker(PayloadReader in, int at) {
    if (in.u8(at) != 0xFF) {
      throw DecodeException.damaged("JPEG has no marker at byte " + at);
    }
    return in.u8(at + 1);
  }

  /** Offset behind the segment at {@code at}: its marker, its length field and what that covers. */
  private static int next(PayloadReader in, int at) {
    int length = in.u16(at + 2);
    if (length < 2) {
      throw DecodeException.damaged("JPEG segment at byte " + at + " of length " + length);
    }
    in.need(at, 2L + length);
    return at + 2 + length;
  }

  /** First marker behind {@code at} that is neither a stuffed FF 00 nor a restart marker. */
  private static int endOfEntropyCodedData(PayloadReader in, int at) {
    int here = at;
    while (true) {
      if (in.u8(here) == 0xFF) {
        int code = in.u8(here + 1);
        if (code == 0xFF) {
          here++; // fill byte
          continue;
        }
        if (code != 0 && !(code >= 0xD0 && code <= 0xD7)) {
          return here;
        }
        here++;
      }
      here++;
    }
  }

  private static boolean isFrameHeader(int marker) {
    return marker >= 0xC0
        && marker <= 0xCF
        && marker != 0xC4 // Huffman tables
        && marker != 0xC8 // reserved
        && marker != 0xCC; // arithmetic conditioning
  }

  private static boolean isMetadata(int marker) {
    return marker == COMMENT || (marker > APP0_JFIF && marker <= 0xEF && marker != APP14_ADOBE);
  }
}
