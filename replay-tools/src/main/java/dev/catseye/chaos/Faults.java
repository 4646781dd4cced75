package dev.catseye.chaos;

import dev.catseye.traffic.Sent;
import java.io.IOException;
import java.util.List;

/** Does what a plan says. Used by one thread. */
final class Faults {
  private final ProcessFaults processes;
  private final GroupFaults groups;
  private final CameraFaults cameras;

  /**
   * @param site borrowed
   */
  Faults(Site site) {
    this.processes = new ProcessFaults(site);
    this.groups = new GroupFaults(site);
    this.cameras = new CameraFaults(site);
  }

  /** Records so far whose inference may be ended before it is done. */
  List<Sent> laborious() {
    return cameras.laborious();
  }

  /** Does one fault; returns when it is over. */
  Inflicted inflict(Fault fault) throws IOException, InterruptedException {
    return switch (fault.kind()) {
      case KILL -> processes.kill(fault);
      case PAUSE -> processes.pause(fault);
      case BROKER -> processes.killBroker(fault);
      case DISK -> processes.fillDisk(fault);
      case HOLE -> processes.disconnect(fault, TcpProxy.Mode.HOLE);
      case CUT -> processes.disconnect(fault, TcpProxy.Mode.CUT);
      case STORM -> groups.storm(fault);
      case SLOW -> cameras.slow(fault);
      case HANG -> cameras.hang(fault);
      case POISON -> cameras.poison(fault);
      case DUPLICATE -> cameras.duplicate(fault);
      case REORDER -> cameras.reorder(fault);
      case CLOCK -> cameras.jump(fault);
    };
  }
}
