package dev.catseye.chaos;

import dev.catseye.chaos.Inflicted.Bite;
import dev.catseye.tools.ChildJvm;
import dev.catseye.tools.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Faults of processes and of the network between them. Each waits for a frame in inference first,
 * so that there is something to lose, and bites only when frames were in hand (there, and not yet
 * answered) or, where it lasts, waited meanwhile.
 */
final class ProcessFaults {
  private static final Duration FOR_INFERENCE = Duration.ofSeconds(5);
  private static final Duration FOR_DISK = Duration.ofSeconds(30);
  private static final Duration BROKER_AWAY = Duration.ofSeconds(1);
  private static final long ON_ITS_WAY_MILLIS =
      100; // answers sent before a fault that arrive in it

  private final Site site;

  ProcessFaults(Site site) {
    this.site = site;
  }

  Inflicted kill(Fault fault) throws InterruptedException {
    Instance victim = victim(fault);
    boolean inferring = victim.awaitInference(FOR_INFERENCE);
    long from = System.currentTimeMillis();
    boolean killed = victim.kill();
    Supplier<List<Integer>> owned = () -> site.transcript().ownedBy(victim.id(), from);
    return new Inflicted(
        fault,
        "instance " + victim.id(),
        from,
        System.currentTimeMillis(),
        owned,
        () -> {
          long inHand = site.transcript().inHand(owned.get(), from);
          return Bite.when(
              killed && inHand > 0,
              "%s%s, %d frames in hand"
                  .formatted(
                      killed ? "ended by SIGKILL" : "nothing to kill",
                      inferring ? " while inferring" : "",
                      inHand));
        });
  }

  Inflicted pause(Fault fault) throws InterruptedException {
    Instance victim = victim(fault);
    victim.awaitInference(FOR_INFERENCE);
    long from = System.currentTimeMillis();
    boolean stopped;
    try (Pause pause = victim.process().process().pause()) {
      stopped = pause.awaitStopped();
      TimeUnit.MILLISECONDS.sleep(fault.length().toMillis());
    }
    return silence(fault, victim, from, stopped, stopped ? "state T" : "it did not stop");
  }

  Inflicted disconnect(Fault fault, TcpProxy.Mode mode) throws InterruptedException {
    Instance victim = victim(fault);
    List<TcpProxy> door = site.brokers().door(site.instanceOf(fault));
    victim.awaitInference(FOR_INFERENCE);
    long held = door.stream().mapToLong(TcpProxy::held).sum();
    long reset = door.stream().mapToLong(TcpProxy::reset).sum();
    long from = System.currentTimeMillis();
    try {
      door.forEach(proxy -> proxy.set(mode));
      TimeUnit.MILLISECONDS.sleep(fault.length().toMillis());
    } finally {
      door.forEach(proxy -> proxy.set(TcpProxy.Mode.OPEN));
    }
    long heldNow = door.stream().mapToLong(TcpProxy::held).sum() - held;
    long resetNow = door.stream().mapToLong(TcpProxy::reset).sum() - reset;
    return mode == TcpProxy.Mode.HOLE
        ? silence(fault, victim, from, heldNow > 0, heldNow + " connections held back data")
        : silence(fault, victim, from, resetNow > 0, resetNow + " connections reset or refused");
  }

  /** An instance that could do nothing from {@code from} until now. */
  private Inflicted silence(Fault fault, Instance victim, long from, boolean done, String how) {
    long to = System.currentTimeMillis();
    Supplier<List<Integer>> owned = () -> site.transcript().ownedBy(victim.id(), from);
    return new Inflicted(
        fault,
        "instance " + victim.id(),
        from,
        to,
        owned,
        () -> {
          long waited = site.transcript().waited(owned.get(), from, to);
          long answers =
              site.transcript().answers(Optional.of(victim.id()), from + ON_ITS_WAY_MILLIS, to);
          return Bite.when(
              done && waited > 0 && answers == 0,
              "%s, %d frames waited for it, %d answers of it meanwhile"
                  .formatted(how, waited, answers));
        });
  }

  Inflicted killBroker(Fault fault) throws IOException, InterruptedException {
    int broker = site.brokerOf(fault);
    long from = System.currentTimeMillis();
    boolean killed = site.brokers().process(broker).kill();
    TimeUnit.MILLISECONDS.sleep(BROKER_AWAY.toMillis());
    site.brokers().restart(broker);
    return brokerAway(fault, from, killed, killed ? "ended by SIGKILL" : "nothing to kill");
  }

  Inflicted fillDisk(Fault fault) throws IOException, InterruptedException {
    int broker = site.brokerOf(fault);
    ChildJvm process = site.brokers().process(broker);
    long from = System.currentTimeMillis();
    boolean full = site.brokers().fillDisk(broker);
    boolean ended = full && process.awaitEnd(FOR_DISK);
    if (!ended) {
      process.kill();
    }
    site.brokers().restart(broker);
    String how =
        site.brokers().shortage()
            + (full
                ? ended ? ", it ended by itself" : ", it went on for " + FOR_DISK.toSeconds() + " s"
                : " could not be had here");
    return brokerAway(fault, from, ended, how);
  }

  private Inflicted brokerAway(Fault fault, long from, boolean done, String how) {
    List<Integer> all = site.transcript().partitions();
    return new Inflicted(
        fault,
        "broker " + site.brokerOf(fault),
        from,
        System.currentTimeMillis(),
        () -> all,
        () -> {
          long inHand = site.transcript().inHand(all, from);
          return Bite.when(done && inHand > 0, "%s, %d frames in hand".formatted(how, inHand));
        });
  }

  private Instance victim(Fault fault) {
    return site.instances().get(site.instanceOf(fault));
  }
}
