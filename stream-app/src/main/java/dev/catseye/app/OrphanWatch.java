package dev.catseye.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the transactions that dead instances left open. Such a transaction holds back the offsets of
 * its partitions, and whoever takes them over would wait until it times out, which is as long as a
 * slow frame on every partition may take. The owner of an open transaction is a member of its
 * application's group; one that the group has given up cannot commit any more, so to fence it takes
 * nothing away. A thread of its own: neither topology ever waits for it.
 */
final class OrphanWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanWatch.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration YOUNG = Duration.ofSeconds(1); // most last 20 ms
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Admin admin; // borrowed
  private final List<String> applicationIds;
  private final Thread thread = new Thread(this::run, "orphans");
  private boolean told; // that it cannot look; used by the thread

  private OrphanWatch(Admin admin, List<String> applicationIds) {
    this.admin = admin;
    this.applicationIds = List.copyOf(applicationIds);
    this.thread.setDaemon(true);
  }

  /**
   * Begins to look.
   *
   * @param admin borrowed until closed
   * @param applicationIds of the topologies whose instances take over from each other
   */
  static OrphanWatch start(Admin admin, List<String> applicationIds) {
    OrphanWatch watch = new OrphanWatch(admin, applicationIds);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      LOG.debug("asked to stop");
    }
  }

  private void look() throws InterruptedException {
    try {
      // Transactions before members: one that begins in between is not on the list.
      Set<String> open = open();
      for (String applicationId : applicationIds) {
        Set<String> orphans =
            open.stream()
                .filter(id -> id.startsWith(TransactionOwner.prefix(applicationId)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!orphans.isEmpty()) {
          orphans.removeAll(owners(applicationId));
          end(orphans);
        }
      }
      told = false;
    } catch (ExecutionException | TimeoutException e) {
      cannotLook(e);
    }
  }

  private Set<String> open() throws InterruptedException, ExecutionException, TimeoutException {
    ListTransactionsOptions options =
        new ListTransactionsOptions()
            .filterStates(Set.of(TransactionState.ONGOING))
            .filterOnDuration(YOUNG.toMillis());
    return answer(admin.listTransactions(options).all()).stream()
        .map(TransactionListing::transactionalId)
        .collect(Collectors.toSet());
  }

  /** Transactional ids of the threads that are in the group. */
  private Set<String> owners(String applicationId)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer(admin.describeConsumerGroups(List.of(applicationId)).all())
        .get(applicationId)
        .members()
        .stream()
        .map(MemberDescription::clientId)
        .flatMap(client -> TransactionOwner.transactionalIdOfMember(client).stream())
        .collect(Collectors.toSet());
  }

  private void end(Set<String> orphans)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!orphans.isEmpty()) {
      for (Map.Entry<String, KafkaFuture<Void>> fenced :
          admin.fenceProducers(orphans).fencedProducers().entrySet()) {
        answer(fenced.getValue());
        LOG.info(
            "ended the transaction that {} left open: it is no longer in the group",
            fenced.getKey());
      }
    }
  }

  private static <T> T answer(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Said once until it works again: a broker that is away is told by others. */
  private void cannotLook(Exception e) {
    if (!told) {
      told = true;
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOG.warn(
          "cannot look for transactions that dead instances left open ({}); until this works, they"
              + " end only by their timeout",
          cause.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
