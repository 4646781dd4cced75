package dev.catseye;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The walls of this room; those of the checker stand beside it. */
final class WallsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(new ImportOption.DoNotIncludeJars())
          .importPackages("dev.catseye");

  @Test
  void theTools_meetTheServiceOnTopicsOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.catseye.app..",
            "dev.catseye.config..",
            "dev.catseye.perceive..",
            "dev.catseye.judge..",
            "dev.catseye.web..",
            "dev.catseye.metrics..")
        .check(CLASSES);
  }

  @Test
  void generatedWireClasses_stayInSchemas() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.catseye.schemas.wire..")
        .check(CLASSES);
  }

  @Test
  void theCommandLine_isImportedByNobody() {
    classes()
        .that()
        .resideInAPackage("dev.catseye.cli")
        .should()
        .onlyBeAccessed()
        .byClassesThat()
        .resideInAPackage("dev.catseye.cli")
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCycles() {
    SlicesRuleDefinition.slices()
        .matching("dev.catseye.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void onlyABrokerKnowsTheKafkaServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.catseye.broker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..")
        .check(CLASSES);
  }

  @Test
  void whatNeedsNoTopics_knowsNothingOfKafka() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.catseye.bench..", "dev.catseye.stills..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "dev.catseye.schemas..")
        .check(CLASSES);
  }

  @Test
  void onlyMainMethods_endTheProcess() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }
}
