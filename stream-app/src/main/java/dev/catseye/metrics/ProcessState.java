package dev.catseye.metrics;

import java.util.List;

/**
 * How this process is, at one moment.
 *
 * @param live false only when a restart would help
 * @param ready whether frames become masks, or would if there were any
 * @param brokerSilenceSeconds since a broker answered last; 0 before the first question
 * @param roles the topologies that run; none before they were started
 */
public record ProcessState(
    boolean live, boolean ready, double brokerSilenceSeconds, List<RoleState> roles) {
  public ProcessState {
    roles = List.copyOf(roles);
  }

  /**
   * How one topology is.
   *
   * @param role its name
   * @param polls of all its threads so far
   * @param commits of all its threads so far
   * @param idleSeconds since the slowest of its threads polled
   * @param uncommittedSeconds for which work has been waiting for a commit; 0 when none does
   * @param lagRecords records on its input that it has not fetched, as its consumers know
   */
  public record RoleState(
      String role,
      long polls,
      long commits,
      double idleSeconds,
      double uncommittedSeconds,
      double lagRecords) {}
}
