package dev.catseye.schemas;

/**
 * Payload that lies elsewhere.
 *
 * @param uri address, 1 to 4096 characters
 * @param sizeBytes size of the payload in bytes, 1 or more
 * @param sha256 SHA-256 of the payload, 32 bytes
 * @param expiresMicros time in microseconds UTC from which it may be gone, 0 or more
 */
public record ReferenceContent(String uri, long sizeBytes, Bytes sha256, long expiresMicros)
    implements Content {
  public ReferenceContent {
    Checks.require(!uri.isEmpty(), "reference uri is empty");
    Checks.text(uri, "reference uri");
    Checks.within(sizeBytes, 1, Long.MAX_VALUE, "reference size");
    Checks.require(sha256.size() == 32, "sha256 has %d bytes, expected 32", sha256.size());
    Checks.micros(expiresMicros, "reference expiry");
  }
}
