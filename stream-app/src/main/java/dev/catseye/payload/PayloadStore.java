package dev.catseye.payload;

import dev.catseye.schemas.ReferenceContent;

/**
 * Where payloads lie that frames only refer to: folders, or an object store. Called by several
 * threads; an answer takes time, so it is asked only for frames that are worked on.
 */
@FunctionalInterface
public interface PayloadStore {
  /**
   * The payload, exactly the bytes that the reference describes.
   *
   * @param nowMicros time of the question, microseconds since 1970-01-01 UTC
   * @return as many bytes as the reference says, with the SHA-256 that it says
   * @throws PayloadException if they cannot be had or are others; the message says why in one line
   */
  byte[] fetch(ReferenceContent reference, long nowMicros) throws PayloadException;
}
