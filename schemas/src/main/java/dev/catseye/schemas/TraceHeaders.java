package dev.catseye.schemas;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The trace that a record belongs to, in its headers {@code traceparent} and {@code tracestate}. A
 * frame's go with it to its mask and its dead letter, and from a mask to the alarm records that it
 * leads to, as they are: Catseye takes part in a trace and begins none. Source: W3C Trace Context,
 * sections 3.2 and 3.3 (form of both; a value beyond 512 characters may be dropped).
 */
public final class TraceHeaders {
  private static final String PARENT = "traceparent";
  private static final String STATE = "tracestate";
  private static final int MOST_STATE_BYTES = 512;
  private static final int MOST_PARENT_BYTES = 256; // 55 in version 00; later ones may add to it
  private static final Pattern PARENT_FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  private TraceHeaders() {}

  /**
   * Fresh headers with the trace in {@code headers} and nothing else; none when there is no well
   * formed {@code traceparent}. A state that is too long is left out.
   */
  public static Headers of(Headers headers) {
    Headers trace = new RecordHeaders();
    Header parent = headers.lastHeader(PARENT);
    if (!isParent(parent)) {
      return trace;
    }
    trace.add(PARENT, parent.value());
    Header state = headers.lastHeader(STATE);
    if (state != null && state.value() != null && state.value().length <= MOST_STATE_BYTES) {
      trace.add(STATE, state.value());
    }
    return trace;
  }

  private static boolean isParent(Header header) {
    return header != null
        && header.value() != null
        && header.value().length <= MOST_PARENT_BYTES
        && PARENT_FORM.matcher(new String(header.value(), US_ASCII)).matches();
  }
}
