package dev.catseye.bundle;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A frame with the answers its author's machine gave: the proof that this machine computes the
 * same.
 *
 * @param frame PNG bytes of the frame, read-only
 * @param expected one per compared output
 */
public record Golden(ByteBuffer frame, List<Expected> expected) {
  /** Copies the list. */
  public Golden {
    frame = frame.asReadOnlyBuffer();
    expected = List.copyOf(expected);
  }

  /** The PNG, a copy. */
  public byte[] frameBytes() {
    return copy(frame);
  }

  /**
   * The expected map of one output and how close is close enough.
   *
   * @param output tensor name, a uint8 map
   * @param map grey PNG bytes of the map, read-only
   * @param maxDifference by how much a byte may differ to count as equal, 0 to 255
   * @param share least share of pixels that must be equal, 0 to 1
   */
  public record Expected(String output, ByteBuffer map, int maxDifference, double share) {
    /** Keeps a read-only view. */
    public Expected {
      map = map.asReadOnlyBuffer();
    }

    /** The PNG, a copy. */
    public byte[] mapBytes() {
      return copy(map);
    }
  }

  private static byte[] copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
