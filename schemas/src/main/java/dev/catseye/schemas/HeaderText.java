package dev.catseye.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Record headers as UTF-8 text; of several with one name the last counts, as Kafka has it. */
final class HeaderText {
  private final Headers headers;

  HeaderText(Headers headers) {
    this.headers = headers;
  }

  void put(String name, Object value) {
    headers.remove(name).add(name, value.toString().getBytes(UTF_8));
  }

  /**
   * @throws IllegalArgumentException if it is missing
   */
  String text(String name) {
    Header header = headers.lastHeader(name);
    Checks.require(header != null && header.value() != null, "header %s is missing", name);
    return new String(header.value(), UTF_8);
  }

  /**
   * @throws IllegalArgumentException if it is missing or no whole number
   */
  long number(String name) {
    return Long.parseLong(text(name));
  }

  /**
   * @throws IllegalArgumentException if it is missing or no whole number of 32 bits
   */
  int integer(String name) {
    return Integer.parseInt(text(name));
  }
}
