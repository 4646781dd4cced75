package dev.catseye.broker;

import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/**
 * The folder of one broker: {@code kafka/} with its topics, {@code broker.log}, {@code lock}.
 * Locked by the process that opened it until it is closed or dies.
 */
final class BrokerFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private BrokerFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens a new or an own older folder.
   *
   * @throws ToolException if another broker uses the folder, or if it holds files that are not a
   *     broker's
   */
  static BrokerFolder open(Path folder) throws IOException {
    requireOurs(folder);
    Files.createDirectories(kafka(folder));
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new ToolException(
          "folder %s is in use by another broker (process %s)"
              .formatted(folder, Files.readString(folder.resolve("lock")).strip()));
    }
    byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0).write(ByteBuffer.wrap(pid));
    return new BrokerFolder(folder, channel);
  }

  /**
   * Refuses a folder that somebody filled with other things.
   *
   * @throws ToolException if the folder is not empty and no broker's
   */
  static void requireOurs(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!Files.isDirectory(kafka(folder)) && !entry.equals(log(folder))) {
          throw new ToolException(
              "folder %s holds other files (%s); name a new folder, an empty one, or one of an earlier broker"
                  .formatted(folder, entry.getFileName()));
        }
      }
    }
  }

  static Path kafka(Path folder) {
    return folder.resolve("kafka");
  }

  static Path log(Path folder) {
    return folder.resolve("broker.log");
  }

  /** The id of the cluster that lives here, or a new one for an empty folder. */
  String clusterId() throws IOException {
    Path meta = kafka(folder).resolve("meta.properties");
    if (!Files.exists(meta)) {
      return Uuid.randomUuid().toString();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(meta)) {
      properties.load(reader);
    }
    return properties.getProperty("cluster.id");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
