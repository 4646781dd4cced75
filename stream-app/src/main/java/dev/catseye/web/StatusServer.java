package dev.catseye.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /metrics}, {@code /health/live} and {@code /health/ready} on loopback. Answers GET
 * and HEAD only, and only to requests that name this machine as host, so that no web page in some
 * browser can read them through a rebound name.
 */
public final class StatusServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);
  private static final int THREADS = 2;
  private static final int BACKLOG = 16;
  private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  static {
    // The JDK server has no limits unless told so before its first use: connections, seconds,
    // headers, bytes.
    System.setProperty("jdk.httpserver.maxConnections", "64");
    System.setProperty("sun.net.httpserver.maxReqTime", "5");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    System.setProperty("sun.net.httpserver.maxReqHeaders", "50");
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", "8192");
    // Header and body are two writes: without this the second waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService workers;
  private final Map<String, Supplier<Page>> pages;

  private StatusServer(HttpServer server, Map<String, Supplier<Page>> pages) {
    this.server = server;
    this.pages = pages;
    this.workers =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "status-pages");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Opens the port and serves until closed.
   *
   * @param metrics text in Prometheus' exposition format
   * @param live false only when a restart would help
   * @param ready true while frames become masks, or would if there were any
   * @throws IOException if the port cannot be had; the message names it
   */
  public static StatusServer start(
      HttpConfig config, Supplier<String> metrics, Probe live, Probe ready) throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(config.socketAddress(), BACKLOG);
    } catch (BindException e) {
      throw new IOException(
          String.format(
              "http port %d of %s cannot be had (%s): stop what uses it or set http.port",
              config.port(), config.address().getHostAddress(), e.getMessage()),
          e);
    }
    Map<String, Supplier<Page>> pages =
        Map.of(
            "/metrics",
                () -> new Page(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()),
            "/health/live", () -> Page.of(live.ask()),
            "/health/ready", () -> Page.of(ready.ask()));
    StatusServer status = new StatusServer(server, pages);
    server.createContext("/", status::handle);
    server.setExecutor(status.workers);
    server.start();
    return status;
  }

  /** Where it serves, with the port in use: {@code http://127.0.0.1:9464}. */
  public String address() {
    String host = server.getAddress().getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  /** The TCP port in use. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Page answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Page.line(405, "only GET and HEAD are served");
    }
    if (!HOSTS.contains(hostName(exchange.getRequestHeaders().getFirst("Host")))) {
      return Page.line(421, "this server answers to localhost only");
    }
    Supplier<Page> page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      return Page.line(404, "served here: /metrics /health/live /health/ready");
    }
    try {
      return page.get();
    } catch (RuntimeException e) {
      LOG.error("page {} failed: {}", exchange.getRequestURI().getPath(), e.toString());
      LOG.debug("page failed", e);
      return Page.line(500, "this page failed; the log says why");
    }
  }

  private static String hostName(String host) {
    return host == null ? "" : host.replaceFirst(":\\d+$", "");
  }

  private static void send(HttpExchange exchange, Page page) throws IOException {
    byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", page.contentType());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(page.status(), -1);
    } else {
      exchange.sendResponseHeaders(page.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
