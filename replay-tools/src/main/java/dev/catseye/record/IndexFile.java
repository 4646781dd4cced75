package dev.catseye.record;

import dev.catseye.schemas.Mask;
import dev.catseye.schemas.ScoreMap;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code index.csv}: one line per mask on the topic, with the files that were made of it. CSV as
 * RFC 4180 has it.
 */
final class IndexFile implements AutoCloseable {
  private static final List<String> COLUMNS =
      List.of(
          "camera_id",
          "boot_id",
          "sequence",
          "captured_at",
          "drive_id",
          "outcome",
          "reason",
          "plan",
          "bundle_digest",
          "frame_width",
          "frame_height",
          "map_width",
          "map_height",
          "scores");

  private final BufferedWriter writer;

  /**
   * Creates the file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the folder has one
   */
  IndexFile(Path folder) throws IOException {
    writer = Files.newBufferedWriter(folder.resolve("index.csv"), StandardOpenOption.CREATE_NEW);
    line(COLUMNS);
  }

  /**
   * Adds a line.
   *
   * @param scores name of the score map's file; empty when the mask has no map
   */
  void add(Mask mask, Optional<String> scores) throws IOException {
    line(
        List.of(
            mask.frame().map(id -> id.cameraId()).orElse(""),
            mask.frame().map(id -> id.bootId()).orElse(""),
            mask.frame().map(id -> Long.toString(id.sequence())).orElse(""),
            mask.frame().map(id -> Long.toString(id.captureMicros())).orElse(""),
            mask.driveId(),
            mask.outcome().name(),
            mask.reason().name(),
            mask.plan(),
            mask.bundleDigest(),
            mask.frameWidth().isPresent() ? Integer.toString(mask.frameWidth().getAsInt()) : "",
            mask.frameHeight().isPresent() ? Integer.toString(mask.frameHeight().getAsInt()) : "",
            mask.scoreMap().map(ScoreMap::width).map(Object::toString).orElse(""),
            mask.scoreMap().map(ScoreMap::height).map(Object::toString).orElse(""),
            scores.orElse("")));
  }

  private void line(List<String> fields) throws IOException {
    writer.write(fields.stream().map(IndexFile::quoted).collect(Collectors.joining(",")));
    writer.write('\n');
  }

  private static String quoted(String field) {
    return field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
