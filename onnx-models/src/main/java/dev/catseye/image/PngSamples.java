package dev.catseye.image;

/**
 * A PNG's samples, unfiltered and unpacked.
 *
 * <p>Source: W3C PNG specification (third edition), sections 7.2 (packing), 8.1 (Adam7) and 9
 * (filters).
 */
final class PngSamples {
  private static final int NONE = 0;
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int AVERAGE = 3;
  private static final int PAETH = 4;

  /**
   * Rows and columns of one pass: every {@code dx}-th from {@code x}, every {@code dy}-th from y.
   */
  private record Pass(int x, int y, int dx, int dy) {}

  private static final Pass[] PROGRESSIVE = {new Pass(0, 0, 1, 1)};
  private static final Pass[] ADAM7 = {
    new Pass(0, 0, 8, 8),
    new Pass(4, 0, 8, 8),
    new Pass(0, 4, 4, 8),
    new Pass(2, 0, 4, 4),
    new Pass(0, 2, 2, 4),
    new Pass(1, 0, 2, 2),
    new Pass(0, 1, 1, 2)
  };

  private final PngHeader header;
  private final byte[] samples;

  private PngSamples(PngHeader header) {
    this.header = header;
    this.samples = new byte[header.width() * header.height() * header.channels()];
  }

  /**
   * Decodes the picture data.
   *
   * @param png the file's bytes; borrowed, only read
   * @return row-major, {@link PngHeader#channels()} bytes per pixel, each a sample as stored (0 to
   *     2^bitDepth - 1)
   * @throws DecodeException if the data is damaged, or less or more than the picture
   */
  static byte[] decode(PngFile file, byte[] png) {
    PngSamples picture = new PngSamples(file.header());
    try (PngInflater in = new PngInflater(file, png)) {
      for (Pass pass : file.header().interlaced() ? ADAM7 : PROGRESSIVE) {
        picture.read(pass, in);
      }
      in.checkEnd();
    }
    return picture.samples;
  }

  private void read(Pass pass, PngInflater in) {
    int columns = (header.width() - pass.x + pass.dx - 1) / pass.dx;
    int rows = (header.height() - pass.y + pass.dy - 1) / pass.dy;
    if (columns <= 0 || rows <= 0) {
      return; // the picture is too small to have this pass
    }
    int pixelBytes = Math.max(1, header.channels() * header.bitDepth() / 8);
    byte[] above = new byte[1 + header.rowBytes(columns)];
    byte[] row = new byte[above.length];
    for (int j = 0; j < rows; j++) {
      in.readFully(row);
      unfilter(row, above, pixelBytes);
      place(row, pass, columns, pass.y + j * pass.dy);
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }

  /** Undoes the filter that byte 0 of {@code row} names; the row's samples begin at byte 1. */
  private static void unfilter(byte[] row, byte[] above, int pixelBytes) {
    switch (row[0]) {
      case NONE -> {} // as stored
      case SUB -> {
        for (int i = 1 + pixelBytes; i < row.length; i++) {
          row[i] += row[i - pixelBytes];
        }
      }
      case UP -> {
        for (int i = 1; i < row.length; i++) {
          row[i] += above[i];
        }
      }
      case AVERAGE -> {
        for (int i = 1; i < row.length; i++) {
          int left = i <= pixelBytes ? 0 : row[i - pixelBytes] & 0xFF;
          row[i] += (byte) ((left + (above[i] & 0xFF)) / 2);
        }
      }
      case PAETH -> unfilterPaeth(row, above, pixelBytes);
      default -> throw DecodeException.damaged("PNG row of filter " + row[0] + ", expected 0 to 4");
    }
  }

  private static void unfilterPaeth(byte[] row, byte[] above, int pixelBytes) {
    int first = 1 + pixelBytes;
    for (int i = 1; i < first; i++) {
      row[i] += above[i]; // left and upper left are 0: the upper one is nearest
    }
    for (int i = first; i < row.length; i++) {
      int left = row[i - pixelBytes] & 0xFF;
      row[i] += (byte) paeth(left, above[i] & 0xFF, above[i - pixelBytes] & 0xFF);
    }
  }

  /**
   * Whichever of the three is nearest to left + up - upper left; ties in that order. Without
   * branches: which one it is cannot be predicted, and this is run for every byte of a picture.
   */
  private static int paeth(int left, int up, int upperLeft) {
    int byLeft = Math.abs(up - upperLeft);
    int byUp = Math.abs(left - upperLeft);
    int byUpperLeft = Math.abs(left + up - 2 * upperLeft);
    int notUp = (byUpperLeft - byUp) >> 31; // -1 where upper left is nearer than up, else 0
    int notLeft = (Math.min(byUp, byUpperLeft) - byLeft) >> 31;
    int other = up ^ ((up ^ upperLeft) & notUp);
    return left ^ ((left ^ other) & notLeft);
  }

  private void place(byte[] row, Pass pass, int columns, int y) {
    int channels = header.channels();
    int at = (y * header.width() + pass.x) * channels;
    if (header.bitDepth() == 8 && pass.dx == 1) {
      System.arraycopy(row, 1, samples, at, columns * channels);
      return;
    }
    for (int i = 0; i < columns; i++) {
      for (int c = 0; c < channels; c++) {
        samples[at + i * pass.dx * channels + c] = sample(row, i * channels + c);
      }
    }
  }

  /** Sample {@code index} of a row; samples of fewer than 8 bits lie in a byte from its top. */
  private byte sample(byte[] row, int index) {
    int depth = header.bitDepth();
    int bit = index * depth;
    return (byte) ((row[1 + bit / 8] >> (8 - depth - bit % 8)) & ((1 << depth) - 1));
  }
}
