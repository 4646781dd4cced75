package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaDocsTest {

  @Test
  void everyTypeAndEveryField_hasADoc() {
    List<String> silent = new ArrayList<>();
    Set<String> seen = new HashSet<>();

    WireSchemas.all().forEach(schema -> collectSilent(schema, seen, silent));

    assertThat(silent).isEmpty();
    assertThat(seen).hasSizeGreaterThan(20);
  }

  @Test
  void everyRecord_endsWithItsChecksum() {
    for (Schema schema : WireSchemas.all()) {
      Schema.Field last = schema.getFields().get(schema.getFields().size() - 1);
      assertThat(last.name()).as(schema.getName()).isEqualTo("checksum");
      assertThat(last.schema().getFixedSize()).as(schema.getName()).isEqualTo(4);
    }
  }

  private static void collectSilent(Schema schema, Set<String> seen, List<String> silent) {
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.add(named(schema, silent))) {
          for (Schema.Field field : schema.getFields()) {
            if (field.doc() == null || field.doc().isBlank()) {
              silent.add(schema.getName() + "." + field.name());
            }
            collectSilent(field.schema(), seen, silent);
          }
        }
      }
      case ENUM, FIXED -> seen.add(named(schema, silent));
      case UNION -> schema.getTypes().forEach(type -> collectSilent(type, seen, silent));
      case ARRAY -> collectSilent(schema.getElementType(), seen, silent);
      default -> {
        // primitive types have no doc of their own
      }
    }
  }

  private static String named(Schema schema, List<String> silent) {
    if (schema.getDoc() == null || schema.getDoc().isBlank()) {
      silent.add(schema.getName());
    }
    return schema.getFullName();
  }
}
