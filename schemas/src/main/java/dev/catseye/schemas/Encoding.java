package dev.catseye.schemas;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a payload holds its picture, as the sender declares it. */
public enum Encoding {
  /** JPEG file. */
  JPEG,
  /** PNG file. */
  PNG,
  /** WebP file. */
  WEBP,
  /** 3 interleaved bytes per pixel (red first), row-major, width x height x 3 bytes. */
  RGB8,
  /** 3 interleaved bytes per pixel (blue first), row-major, width x height x 3 bytes. */
  BGR8,
  /** Y plane, then interleaved U and V at half width and height, width x height x 3 / 2 bytes. */
  NV12;

  /** Symbol on the wire, in headers and in the checksum: the lower-case name. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The encoding with that symbol; empty for any other text. */
  public static Optional<Encoding> ofWireName(String symbol) {
    return Stream.of(values()).filter(each -> each.wireName().equals(symbol)).findFirst();
  }
}
