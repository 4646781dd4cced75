package dev.catseye.app;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The status pages of a service, asked over HTTP. */
record StatusPages(int port) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Waits until the port answers. */
  void awaitAnswer() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        get("/health/live");
        return;
      } catch (ConnectException e) {
        if (Instant.now().isAfter(end)) {
          throw e;
        }
        Thread.sleep(10);
      }
    }
  }

  /** HTTP status of a page. */
  int status(String path) throws IOException, InterruptedException {
    return get(path).statusCode();
  }

  /** The meters now. */
  Scrape scrape() throws IOException, InterruptedException {
    return new Scrape(get("/metrics").body().lines().toList());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
  }

  /** Lines of Prometheus' text format. */
  record Scrape(List<String> lines) {
    /** Types by meter. */
    Map<String, String> types() {
      Map<String, String> types = new TreeMap<>();
      lines.stream()
          .filter(line -> line.startsWith("# TYPE "))
          .map(line -> line.split(" ", -1))
          .forEach(words -> types.put(words[2], words[3]));
      return types;
    }

    /** Whether there is a sample of that name with all these labels. */
    boolean has(String name, String... labels) {
      return samples(name).anyMatch(line -> Stream.of(labels).allMatch(line::contains));
    }

    /** Sum of the samples of that name with that label. */
    double sum(String name, String label) {
      return samples(name)
          .filter(line -> line.contains(label))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }

    private Stream<String> samples(String name) {
      return lines.stream()
          .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "));
    }
  }
}
