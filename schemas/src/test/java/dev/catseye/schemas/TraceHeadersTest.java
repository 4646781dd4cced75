package dev.catseye.schemas;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeadersTest {
  /** Source: W3C Trace Context, section 3.2.4. */
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final Headers headers = new RecordHeaders();

  private void put(String name, String value) {
    headers.add(name, value.getBytes(US_ASCII));
  }

  private List<String> trace() {
    return Arrays.stream(TraceHeaders.of(headers).toArray())
        .map(header -> header.key() + "=" + new String(header.value(), US_ASCII))
        .toList();
  }

  @Test
  void traceparentAndTracestate_areTakenAndNothingElse() {
    put("sequence", "17");
    put("tracestate", "a=1,b=2");
    put("traceparent", PARENT);

    assertThat(trace()).containsExactly("traceparent=" + PARENT, "tracestate=a=1,b=2");
  }

  @Test
  void ofTwo_theLastCounts() {
    put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000001-01");
    put("traceparent", PARENT);

    assertThat(trace()).containsExactly("traceparent=" + PARENT);
  }

  @Test
  void aLaterVersion_mayAddFields() {
    put("traceparent", "01" + PARENT.substring(2) + "-more");

    assertThat(trace()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x"
      })
  void aParentOfAnotherForm_isNoTrace(String parent) {
    put("traceparent", parent);
    put("tracestate", "a=1");

    assertThat(trace()).isEmpty();
  }

  @Test
  void headersWithoutValue_areNoTrace() {
    headers.add("traceparent", null);

    assertThat(trace()).isEmpty();
  }

  @Test
  void whatIsTooLong_isLeftOut() {
    put("traceparent", PARENT);
    put("tracestate", "a=" + "x".repeat(511));
    assertThat(trace()).containsExactly("traceparent=" + PARENT);

    put("traceparent", "01" + PARENT.substring(2) + "-" + "y".repeat(300));
    assertThat(trace()).isEmpty();
  }
}
