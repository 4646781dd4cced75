package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

/** Every schema that was ever released is kept in test resources, one folder per release. */
class ReleasedSchemasTest {
  private static final Path RELEASED = Path.of("src/test/resources/released");
  private static final String NEWEST = "0.2.0";

  @Test
  void currentSchemas_readWhatEveryReleaseWrote() {
    for (Path file : releasedFiles()) {
      Schema writer = parse(file);
      Schema reader = current(writer.getName());

      assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType())
          .as("%s read by the current schema", file)
          .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }

  @Test
  void newestRelease_holdsEveryRecordAsItIsNow() {
    for (Schema schema : WireSchemas.all()) {
      Schema released = parse(RELEASED.resolve(NEWEST).resolve(schema.getName() + ".avsc"));

      assertThat(SchemaNormalization.parsingFingerprint64(schema))
          .as("%s changed: raise the version and keep the old schema", schema.getName())
          .isEqualTo(SchemaNormalization.parsingFingerprint64(released));
    }
  }

  private static Schema current(String name) {
    return WireSchemas.all().stream()
        .filter(schema -> schema.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("record " + name + " is gone"));
  }

  private static List<Path> releasedFiles() {
    try (Stream<Path> files = Files.walk(RELEASED)) {
      List<Path> schemas = files.filter(file -> file.toString().endsWith(".avsc")).toList();
      assertThat(schemas).hasSizeGreaterThanOrEqualTo(WireSchemas.all().size());
      return schemas;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema parse(Path file) {
    try {
      return new Schema.Parser().parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
