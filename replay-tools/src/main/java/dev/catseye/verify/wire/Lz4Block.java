package dev.catseye.verify.wire;

import java.nio.ByteBuffer;

/** Unpacks an LZ4 block (no frame around it). Source: lz4/lz4, {@code doc/lz4_Block_format.md}. */
final class Lz4Block {
  private static final int MIN_MATCH = 4;
  private static final int EXTENDED = 15; // a nibble of this value goes on in further bytes

  private final ByteBuffer in;
  private final byte[] out;
  private int end; // bytes of out written so far

  private Lz4Block(ByteBuffer in, int size) {
    this.in = in.duplicate();
    this.out = new byte[size];
  }

  /** Unpacks exactly {@code size} bytes, or says why that is impossible. */
  static byte[] unpack(ByteBuffer block, int size) throws WireException {
    Lz4Block unpacking = new Lz4Block(block, size);
    unpacking.run();
    return unpacking.out;
  }

  private void run() throws WireException {
    while (true) {
      int token = next();
      int literals = length(token >>> 4);
      check(literals <= in.remaining() && literals <= out.length - end, "literals too long");
      in.get(out, end, literals);
      end += literals;
      if (!in.hasRemaining()) { // the last sequence is literals alone
        check(end == out.length, "too short");
        return;
      }
      int distance = next() | next() << 8;
      int match = length(token & EXTENDED) + MIN_MATCH;
      check(distance > 0 && distance <= end, "match before the start");
      check(match <= out.length - end, "match too long");
      for (int i = 0; i < match; i++, end++) { // byte by byte: source and target may overlap
        out[end] = out[end - distance];
      }
    }
  }

  private int length(int nibble) throws WireException {
    int length = nibble;
    if (nibble == EXTENDED) {
      int more;
      do {
        more = next();
        length += more;
        check(length <= out.length, "length beyond the output");
      } while (more == 255);
    }
    return length;
  }

  private int next() throws WireException {
    check(in.hasRemaining(), "ends early");
    return in.get() & 0xff;
  }

  private void check(boolean holds, String what) throws WireException {
    if (!holds) {
      throw new WireException("LZ4 block: %s (%d of %d bytes)".formatted(what, end, out.length));
    }
  }
}
