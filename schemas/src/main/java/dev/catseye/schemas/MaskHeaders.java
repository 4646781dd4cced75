package dev.catseye.schemas;

import org.apache.kafka.common.header.Headers;

/**
 * What a record on {@code masks} says in its headers, beside those of its frame (UTF-8 text).
 *
 * <p>{@code overtaken: true} stands on the DETECTED mask of a frame that was put back after newer
 * frames of its camera had their outcomes. Such a mask says nothing of what the camera sees now:
 * whoever watches the present passes it over.
 */
public final class MaskHeaders {
  private static final String OVERTAKEN = "overtaken";

  private MaskHeaders() {}

  /** Says so of the mask with these headers. */
  public static void markOvertaken(Headers headers) {
    new HeaderText(headers).put(OVERTAKEN, true);
  }

  /** Whether it is said of the mask with these headers. */
  public static boolean isOvertaken(Headers headers) {
    return headers.lastHeader(OVERTAKEN) != null
        && Boolean.parseBoolean(new HeaderText(headers).text(OVERTAKEN));
  }
}
