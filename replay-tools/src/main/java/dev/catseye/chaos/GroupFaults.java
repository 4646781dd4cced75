package dev.catseye.chaos;

import dev.catseye.chaos.Inflicted.Bite;
import dev.catseye.tools.ToolException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;

/** Faults of the consumer groups. */
final class GroupFaults {
  private static final int BLOWS = 3;
  private static final Duration BETWEEN = Duration.ofMillis(1_500);

  private final Site site;

  GroupFaults(Site site) {
    this.site = site;
  }

  /** Throws all members out, waits until they are back in or a while, and does it again. */
  Inflicted storm(Fault fault) throws InterruptedException {
    long from = System.currentTimeMillis();
    int replaced = 0;
    Set<String> before = members();
    for (int blow = 0; blow < BLOWS; blow++) {
      throwOut();
      TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
      Set<String> after = members();
      Set<String> stayed = new HashSet<>(after);
      stayed.retainAll(before);
      replaced += !before.isEmpty() && !after.isEmpty() && stayed.isEmpty() ? 1 : 0;
      before = after.isEmpty() ? before : after;
    }
    int rebalances = replaced;
    List<Integer> all = site.transcript().partitions();
    return new Inflicted(
        fault,
        "the groups",
        from,
        System.currentTimeMillis(),
        () -> all,
        () ->
            Bite.when(
                rebalances > 0,
                "%d of %d times all members of perceive were thrown out and joined again"
                    .formatted(rebalances, BLOWS)));
  }

  /** Both groups at once. Fails where a member is just leaving: then they rebalance anyway. */
  private void throwOut() throws InterruptedException {
    List<KafkaFuture<Void>> asked =
        Stream.of("-perceive", "-judge")
            .map(
                role ->
                    site.cluster()
                        .admin()
                        .removeMembersFromConsumerGroup(
                            site.group() + role, new RemoveMembersFromConsumerGroupOptions())
                        .all())
            .toList();
    for (KafkaFuture<Void> answer : asked) {
      try {
        site.cluster().ask(answer);
      } catch (ToolException e) {
        // who came back tells what this did
      }
    }
  }

  private Set<String> members() throws InterruptedException {
    String group = site.group() + "-perceive";
    ConsumerGroupDescription description =
        site.cluster()
            .ask(
                site.cluster()
                    .admin()
                    .describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group));
    return description.members().stream()
        .map(MemberDescription::consumerId)
        .collect(Collectors.toSet());
  }
}
