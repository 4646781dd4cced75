package dev.catseye.tools;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How to reach a Kafka cluster.
 *
 * @param bootstrapServers {@code host:port}, several by commas
 * @param extra settings that go to every client as they are: TLS, SASL and the like
 */
public record ClientConfig(String bootstrapServers, Map<String, String> extra) {
  public ClientConfig {
    requireNonNull(bootstrapServers, "bootstrapServers");
    extra = Map.copyOf(extra);
  }

  /** Without extra settings. */
  public static ClientConfig of(String bootstrapServers) {
    return new ClientConfig(bootstrapServers, Map.of());
  }

  /** With the extra settings of a {@code .properties} file, if one is named. */
  public static ClientConfig read(String bootstrapServers, Optional<Path> file) throws IOException {
    Map<String, String> extra = new HashMap<>();
    if (file.isPresent()) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file.get())) {
        properties.load(reader);
      } catch (IllegalArgumentException e) {
        throw new ToolException("%s: %s".formatted(file.get(), e.getMessage()), e);
      }
      properties.stringPropertyNames().forEach(key -> extra.put(key, properties.getProperty(key)));
    }
    return new ClientConfig(bootstrapServers, extra);
  }

  /** Settings of one client: the extra ones, and on top those that the tool itself relies on. */
  public Map<String, Object> with(Map<String, ?> ours) {
    Map<String, Object> settings = new HashMap<>(extra);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.putAll(ours);
    return settings;
  }
}
