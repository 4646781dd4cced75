package dev.catseye.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.web.Probe.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusServerTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private StatusServer server;
  private Answer ready = new Answer(true, "ready");

  @BeforeEach
  void start() throws IOException {
    server =
        StatusServer.start(
            new HttpConfig(LOOPBACK, 0),
            () -> "a_total 1\n",
            () -> {
              throw new IllegalStateException("secret detail");
            },
            () -> ready);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The raw answer to a raw request line, so that every header is under test. */
  private String ask(String request, String host) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, server.port());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      String text = request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      out.write(text.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void metrics_areServedAsText() throws IOException {
    assertThat(ask("GET /metrics", "localhost:" + server.port()))
        .startsWith("HTTP/1.1 200")
        .contains("version=0.0.4")
        .endsWith("a_total 1\n");
  }

  @Test
  void readiness_followsTheProbe() throws IOException {
    assertThat(ask("GET /health/ready", "127.0.0.1"))
        .startsWith("HTTP/1.1 200")
        .endsWith("ready\n");
    ready = new Answer(false, "no broker has answered for 5 s");
    assertThat(ask("GET /health/ready", "127.0.0.1"))
        .startsWith("HTTP/1.1 503")
        .endsWith("no broker has answered for 5 s\n");
  }

  @Test
  void head_hasNoBody() throws IOException {
    assertThat(ask("HEAD /metrics", "localhost")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
  }

  @Test
  void otherMethods_areRefused() throws IOException {
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"}) {
      assertThat(ask(method + " /metrics", "localhost")).startsWith("HTTP/1.1 405");
    }
  }

  @Test
  void anotherHostName_isRefused() throws IOException {
    assertThat(ask("GET /metrics", "evil.example")).startsWith("HTTP/1.1 421");
    assertThat(ask("GET /metrics", "127.0.0.1.evil.example")).startsWith("HTTP/1.1 421");
  }

  @Test
  void otherPaths_areNotFound() throws IOException {
    for (String path : new String[] {"/", "/../etc/passwd", "/metrics/..", "/%2e%2e/x"}) {
      assertThat(ask("GET " + path, "localhost")).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void failingPage_showsNoDetail() throws IOException {
    assertThat(ask("GET /health/live", "localhost"))
        .startsWith("HTTP/1.1 500")
        .doesNotContain("secret detail", "Exception");
  }

  @Test
  void occupiedPort_isNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      HttpConfig config = new HttpConfig(LOOPBACK, taken.getLocalPort());
      assertThatThrownBy(() -> StatusServer.start(config, () -> "", () -> ready, () -> ready))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("http port " + taken.getLocalPort())
          .hasMessageContaining("set http.port");
    }
  }
}
