package dev.catseye.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.catseye.perceive.Backlog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls of design.md 3. Each was broken once by hand before it was trusted. */
class WallsTest {
  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.catseye");
  }

  private static ArchRule wall(String room, String... forbidden) {
    return noClasses()
        .that()
        .resideInAPackage("dev.catseye." + room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden);
  }

  @Test
  void perceiveAndJudge_meetOnTopicsOnly() {
    wall("perceive", "dev.catseye.judge", "dev.catseye.app", "dev.catseye.web").check(classes);
    wall("judge", "dev.catseye.perceive", "dev.catseye.app", "dev.catseye.web").check(classes);
  }

  @Test
  void fetch_knowsOfPerceiveWhatItAnswersOnly() {
    wall("fetch", "dev.catseye.judge", "dev.catseye.app", "dev.catseye.web").check(classes);
    noClasses()
        .that()
        .resideInAPackage("dev.catseye.fetch")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.catseye.perceive")
                .and(DescribedPredicate.not(equivalentTo(Backlog.class))))
        .check(classes);
  }

  @Test
  void payload_knowsTheJdkAndSchemasOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.catseye.payload")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "dev.catseye.payload", "dev.catseye.schemas")
        .check(classes);
  }

  @Test
  void judge_knowsNoModel() {
    wall("judge", "dev.catseye.detect", "dev.catseye.bundle", "dev.catseye.image").check(classes);
  }

  @Test
  void config_knowsTheJdkOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.catseye.config")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "dev.catseye.config")
        .check(classes);
  }

  @Test
  void webAndMetrics_knowNoKafka() {
    wall("web", "org.apache.kafka..", "dev.catseye.schemas..", "io.prometheus..").check(classes);
    wall("metrics", "org.apache.kafka..", "dev.catseye.app").check(classes);
  }

  @Test
  void runtimeAndWireClasses_stayInTheirRooms() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.catseye.app",
            "dev.catseye.config",
            "dev.catseye.fetch",
            "dev.catseye.judge",
            "dev.catseye.metrics",
            "dev.catseye.payload",
            "dev.catseye.perceive",
            "dev.catseye.web")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnxruntime..", "dev.catseye.schemas.wire", "org.apache.avro..")
        .check(classes);
  }

  @Test
  void onlyMain_endsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .and()
        .resideInAnyPackage("dev.catseye.app", "dev.catseye.perceive", "dev.catseye.judge")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(classes);
  }
}
