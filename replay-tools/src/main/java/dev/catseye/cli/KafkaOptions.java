package dev.catseye.cli;

import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every verb that speaks with Kafka. */
final class KafkaOptions {
  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "Where the Kafka cluster is (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers;

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description = "Properties file with more settings of Kafka clients: TLS, SASL and the like.")
  private Optional<Path> clientConfig;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Text before the name of every topic (default: none).")
  private String prefix;

  ClientConfig client() throws IOException {
    return ClientConfig.read(bootstrapServers, clientConfig);
  }

  Topics topics() {
    return Topics.withPrefix(prefix);
  }

  String prefix() {
    return prefix;
  }
}
