package dev.catseye.image;

import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The zlib stream that a PNG's data chunks make together. Owns a native inflater. */
final class PngInflater implements AutoCloseable {
  private final Inflater inflater = new Inflater();
  private final Iterator<PngFile.Range> ranges;
  private final byte[] png;

  /**
   * A stream at its start.
   *
   * @param png the file's bytes; borrowed, only read
   */
  PngInflater(PngFile file, byte[] png) {
    this.ranges = file.data().iterator();
    this.png = png;
  }

  /** Fills {@code into}, or refuses the picture. */
  void readFully(byte[] into) {
    int filled = 0;
    while (filled < into.length) {
      if (inflater.finished()) {
        throw DecodeException.damaged("PNG damaged: its data ends before the picture does");
      }
      filled += inflate(into, filled);
    }
  }

  /** The stream ends here, its checksum holds, and so do the chunks. */
  void checkEnd() {
    byte[] beyond = new byte[1];
    while (!inflater.finished()) {
      if (inflate(beyond, 0) > 0) {
        throw DecodeException.damaged("PNG damaged: it holds more data than the picture");
      }
    }
    boolean restIsEmpty = inflater.getRemaining() == 0;
    while (ranges.hasNext()) {
      restIsEmpty &= ranges.next().length() == 0;
    }
    if (!restIsEmpty) {
      throw DecodeException.damaged("PNG damaged: bytes behind the end of its data");
    }
  }

  private int inflate(byte[] into, int offset) {
    if (inflater.needsInput()) {
      if (!ranges.hasNext()) {
        throw DecodeException.damaged("PNG damaged: its data breaks off");
      }
      PngFile.Range next = ranges.next();
      inflater.setInput(png, next.offset(), next.length());
    }
    try {
      int count = inflater.inflate(into, offset, into.length - offset);
      if (inflater.needsDictionary()) {
        throw DecodeException.damaged("PNG damaged: its data asks for a dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      throw DecodeException.damaged("PNG damaged: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
