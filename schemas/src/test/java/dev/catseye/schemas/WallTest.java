package dev.catseye.schemas;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WallTest {
  private static final String OURS = "dev.catseye.schemas";
  private static final String WIRE = OURS + ".wire";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(OURS);

  @Test
  void room_knowsAvroKafkaCodecsAndTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage(OURS)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            OURS,
            WIRE,
            "java..",
            "javax.imageio..",
            "org.apache.avro..",
            "org.apache.kafka.clients.admin..",
            "org.apache.kafka.common..",
            "net.jpountz.lz4..",
            "com.github.luben.zstd..")
        .check(CLASSES);
  }

  @Test
  void publicMethods_mentionNoWireClass() {
    codeUnits()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(OURS)
        .and()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should(mentionNoWireClass())
        .check(CLASSES);
  }

  private static com.tngtech.archunit.lang.ArchCondition<JavaCodeUnit> mentionNoWireClass() {
    return com.tngtech.archunit.lang.ArchCondition.from(
        describe(
            "mention no wire class",
            unit ->
                unit.getAllInvolvedRawTypes().stream()
                    .noneMatch(type -> type.getPackageName().equals(WIRE))));
  }
}
