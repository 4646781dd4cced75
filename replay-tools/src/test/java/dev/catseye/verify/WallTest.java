package dev.catseye.verify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The checker shares no code with what it checks. */
class WallTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.catseye.verify");

  @Test
  void theChecker_knowsNoClassOfSchemasOrAvroOrTheService() {
    noClasses()
        .that()
        .resideInAPackage("dev.catseye.verify..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.catseye.schemas..",
            "dev.catseye.app..",
            "dev.catseye.perceive..",
            "dev.catseye.judge..",
            "org.apache.avro..",
            "net.jpountz..")
        .check(CLASSES);
  }

  @Test
  void judging_knowsNoKafka() {
    noClasses()
        .that()
        .resideInAPackage("dev.catseye.verify..")
        .and()
        .haveSimpleNameNotContaining("Reader")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }
}
