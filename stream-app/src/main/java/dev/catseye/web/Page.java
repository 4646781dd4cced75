package dev.catseye.web;

/**
 * What one request is answered with.
 *
 * @param status HTTP status
 * @param contentType media type of {@code body}
 * @param body text, sent as UTF-8
 */
record Page(int status, String contentType, String body) {
  static final String PLAIN_TEXT = "text/plain; charset=utf-8";

  static Page line(int status, String line) {
    return new Page(status, PLAIN_TEXT, line + "\n");
  }

  static Page of(Probe.Answer answer) {
    return line(answer.holds() ? 200 : 503, answer.reason());
  }
}
