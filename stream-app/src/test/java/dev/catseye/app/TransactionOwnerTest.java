package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransactionOwnerTest {
  private static final String CLIENT = TransactionOwner.clientId("catseye-perceive", "car-7:9464");

  @Test
  void numberOfTheThread_isKept() {
    String streams = "catseye-perceive-4f3a2b1c-aaaa-bbbb-cccc-0123456789ab-12";
    assertThat(TransactionOwner.transactionalId(CLIENT, streams))
        .isEqualTo("catseye-perceive/car-7:9464-12");
  }

  @Test
  void memberOfTheGroup_tellsItsTransactionalId() {
    assertThat(TransactionOwner.transactionalIdOfMember(CLIENT + "-StreamThread-12-consumer"))
        .contains("catseye-perceive/car-7:9464-12");
  }

  @Test
  void memberThatIsNoThreadOfTheService_ownsNothing() {
    assertThat(TransactionOwner.transactionalIdOfMember("console-consumer")).isEmpty();
  }

  @Test
  void idsOfAnApplication_areNotThoseOfOneWhoseNameIsLonger() {
    String other = TransactionOwner.clientId("catseye-perceive-2", "a");
    assertThat(CLIENT).startsWith(TransactionOwner.prefix("catseye-perceive"));
    assertThat(other).doesNotStartWith(TransactionOwner.prefix("catseye-perceive"));
  }
}
