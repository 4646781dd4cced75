package dev.catseye.schemas;

import java.io.OutputStream;

/**
 * Streams for a message whose size is counted first and whose array is then filled exactly: a
 * growing buffer allocates five times the message.
 */
final class MessageStreams {
  private MessageStreams() {}

  /** Counts and keeps nothing. */
  static final class Counter extends OutputStream {
    private long count;

    long count() {
      return count;
    }

    @Override
    public void write(int value) {
      count++;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      count += length;
    }
  }

  /** Fills an array that its maker owns. */
  static final class Filler extends OutputStream {
    private final byte[] target;
    private int position;

    Filler(byte[] target, int position) {
      this.target = target;
      this.position = position;
    }

    @Override
    public void write(int value) {
      target[position++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      System.arraycopy(source, offset, target, position, length);
      position += length;
    }
  }
}
