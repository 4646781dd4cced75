package dev.catseye.image;

import java.io.ByteArrayOutputStream;

/** A legal progressive JPEG that keeps a decoder busy: the same scan again and again. */
final class ScanBomb {
  private ScanBomb() {}

  /** {@code progressive} with its last scan repeated {@code scans} more times. */
  static byte[] of(byte[] progressive, int scans) {
    int end = progressive.length - 2;
    int lastScan = end;
    while (!(progressive[lastScan] == (byte) 0xFF && progressive[lastScan + 1] == (byte) 0xDA)) {
      lastScan--;
    }
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(progressive, 0, end);
    for (int i = 0; i < scans; i++) {
      bomb.write(progressive, lastScan, end - lastScan);
    }
    bomb.write(progressive, end, 2);
    return bomb.toByteArray();
  }
}
