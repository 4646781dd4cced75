package dev.catseye.walls;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the packages of this room may import. */
class WallsTest {
  private static final JavaClasses ROOM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.catseye");

  @Test
  void onlyDetect_touchesTheRuntime() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.catseye.detect")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .check(ROOM);
  }

  @Test
  void onlyTheGuard_getsTheRuntimesEnvironment() {
    noClasses()
        .that()
        .doNotHaveSimpleName("RuntimeGuard")
        .should()
        .callMethodWhere(target(name("getEnvironment")))
        .check(ROOM);
  }

  @Test
  void nobody_loadsCustomOperators() {
    noClasses().should().callMethodWhere(target(name("registerCustomOpLibrary"))).check(ROOM);
  }

  @Test
  void onlyImage_touchesFfmpegAndImageIo() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.catseye.image")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..", "javax.imageio..", "java.awt..")
        .check(ROOM);
  }

  @Test
  void onlyBundle_readsJsonAndProtobuf() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.catseye.bundle")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml..", "ai.onnx.proto..", "com.google.protobuf..")
        .check(ROOM);
  }

  @Test
  void packages_dependOneWay() {
    classes()
        .that()
        .resideInAPackage("dev.catseye.image")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.catseye.image", "java..", "javax.imageio..", "org.bytedeco..")
        .check(ROOM);
    classes()
        .that()
        .resideInAPackage("dev.catseye.region")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.catseye.region", "dev.catseye.image", "java..")
        .check(ROOM);
    noClasses()
        .that()
        .resideInAPackage("dev.catseye.bundle")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.catseye.detect", "dev.catseye.region")
        .check(ROOM);
  }

  @Test
  void room_knowsNothingOfKafka() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "dev.catseye.schemas..")
        .check(ROOM);
  }
}
