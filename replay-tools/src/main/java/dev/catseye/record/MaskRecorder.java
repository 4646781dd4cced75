package dev.catseye.record;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.GroundTruth;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.ToolException;
import dev.catseye.tools.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.IsolationLevel;

/**
 * Writes the masks that are committed now to a folder: {@code scores/} with one file per DETECTED
 * frame, {@code labels/} where there is ground truth, {@code index.csv} with a line for every mask.
 */
public final class MaskRecorder {
  private final ClientConfig client;
  private final Topics topics;
  private final Path folder;
  private final Set<String> written = new HashSet<>();
  private int masks;
  private int repeated;

  /**
   * @param folder created when it is not there; must not hold an earlier recording
   */
  public MaskRecorder(ClientConfig client, Topics topics, Path folder) {
    this.client = client;
    this.topics = topics;
    this.folder = folder;
  }

  /**
   * What was recorded.
   *
   * @param masks masks on the topic
   * @param scores score maps written
   * @param labels label planes written
   * @param repeated DETECTED masks of a frame whose map was written already; the first one stays
   */
  public record Report(int masks, int scores, int labels, int repeated) {}

  /**
   * Reads to the present ends of the topics.
   *
   * @throws ToolException if the folder holds a recording, or a topic cannot be read
   */
  public Report record() throws IOException {
    if (Files.exists(folder.resolve("index.csv"))) {
      throw new ToolException(
          "folder %s holds a recording already; name another".formatted(folder));
    }
    Path scores = Files.createDirectories(folder.resolve("scores"));
    Path labels = Files.createDirectories(folder.resolve("labels"));
    try (IndexFile index = new IndexFile(folder);
        TopicReader reader = new TopicReader(client, IsolationLevel.READ_COMMITTED)) {
      CommittedRecords committed = new CommittedRecords(reader);
      committed.forEach(topics.masks(), mask -> write(mask, scores, index));
      Set<FrameId> labelled = new HashSet<>();
      committed.forEach(topics.groundTruth(), truth -> labelled.add(write(truth, labels)));
      return new Report(masks, written.size(), labelled.size(), repeated);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void write(Mask mask, Path scores, IndexFile index) {
    masks++;
    try {
      index.add(mask, writeScores(mask, scores));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> writeScores(Mask mask, Path scores) throws IOException {
    if (mask.scoreMap().isEmpty()) {
      return Optional.empty();
    }
    String stem = FrameFile.stem(mask.frame().orElseThrow());
    if (!written.add(stem)) {
      repeated++;
      return Optional.empty();
    }
    return Optional.of(
        ScoreFile.write(mask.scoreMap().get(), scores, stem).getFileName().toString());
  }

  private static FrameId write(GroundTruth truth, Path labels) {
    try {
      LabelFile.write(truth, labels, FrameFile.stem(truth.frame()));
      return truth.frame();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
