package dev.catseye.verify;

import dev.catseye.tools.Cluster;
import java.util.Set;

/** The checker in one call: reads the topics of a run and judges them. */
public final class Verifier {
  private final HistoryReader reader;
  private final Judge judge;

  /**
   * A checker of one run.
   *
   * @param cluster borrowed
   * @param topics names of the topics
   * @param group the service's consumer group
   * @param bundles digests of the bundles that may have run; empty: the one that most masks name
   * @param profile what the service was set up for
   */
  public Verifier(
      Cluster cluster, TopicNames topics, String group, Set<String> bundles, RunProfile profile) {
    this.reader = new HistoryReader(cluster, topics, group);
    this.judge = new Judge(bundles, profile);
  }

  /**
   * Reads to the present ends of the topics and judges.
   *
   * @throws dev.catseye.tools.ToolException if the topics cannot be read; that is no verdict
   */
  public Verdict verify() throws InterruptedException {
    return judge.judge(reader.read());
  }
}
