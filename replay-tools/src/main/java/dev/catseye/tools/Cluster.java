package dev.catseye.tools;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A Kafka cluster that is known to answer. Its silence is a message after {@value #PATIENCE_S}
 * seconds, never a hang.
 */
public final class Cluster implements AutoCloseable {
  private static final int PATIENCE_S = 20; // a broker on 2 cores at load 14 needed more than 10

  private final ClientConfig config;
  private final Admin admin;

  private Cluster(ClientConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
  }

  /**
   * Connects and waits for the first answer.
   *
   * @throws ToolException if nobody answers, or the settings are wrong
   */
  public static Cluster connect(ClientConfig config) throws InterruptedException {
    int patienceMs = (int) Duration.ofSeconds(PATIENCE_S).toMillis();
    Map<String, Object> settings =
        config.with(Map.of("request.timeout.ms", patienceMs, "default.api.timeout.ms", patienceMs));
    Cluster cluster = new Cluster(config, admin(config, settings));
    try {
      cluster.ask(cluster.admin.describeCluster().clusterId());
      return cluster;
    } catch (ToolException | InterruptedException e) {
      cluster.close();
      throw e;
    }
  }

  private static Admin admin(ClientConfig config, Map<String, Object> settings) {
    try {
      return Admin.create(settings);
    } catch (KafkaException e) { // unknown host, unreadable key store, ...
      throw failure(config, e.getCause() == null ? e : e.getCause());
    }
  }

  /** For questions; pass the answers to {@link #ask}. */
  public Admin admin() {
    return admin;
  }

  /** How to reach it with another client. */
  public ClientConfig config() {
    return config;
  }

  /**
   * Waits for an answer.
   *
   * @throws ToolException if there is none in time, or if it is a refusal
   */
  public <T> T ask(KafkaFuture<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw failure(config, e.getCause());
    }
  }

  private static ToolException failure(ClientConfig config, Throwable cause) {
    if (cause instanceof TimeoutException) {
      return new ToolException(
          "no Kafka broker answered at %s within %d s; `catseye broker` starts one on this machine"
              .formatted(config.bootstrapServers(), PATIENCE_S),
          cause);
    }
    return new ToolException(
        "Kafka at %s: %s".formatted(config.bootstrapServers(), cause.getMessage()), cause);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(PATIENCE_S));
  }
}
