package dev.catseye.verify;

import dev.catseye.tools.Cluster;
import java.util.List;
import java.util.Set;

/** The checker in one call: reads the topics of a run and judges them. */
public final class Verifier {
  private final HistoryReader reader;
  private final RunSettings settings;

  /**
   * A checker of one run of a service with default settings.
   *
   * @param cluster borrowed
   * @param topics names of the topics
   * @param group the service's consumer group on frames
   * @param bundles digests of the bundles that may have run; empty: the one that most masks name
   * @param profile what the service was set up for
   */
  public Verifier(
      Cluster cluster, TopicNames topics, String group, Set<String> bundles, RunProfile profile) {
    this(cluster, topics, group, RunSettings.of(profile).madeBy(bundles, Set.of()));
  }

  /**
   * A checker of one run.
   *
   * @param cluster borrowed
   * @param topics names of the topics
   * @param group the service's consumer group on frames; that on masks is called "judge" where this
   *     one is called "perceive"
   * @param settings what the service was set up for
   */
  public Verifier(Cluster cluster, TopicNames topics, String group, RunSettings settings) {
    this.reader = new HistoryReader(cluster, topics, group, settings);
    this.settings = settings;
  }

  /**
   * Reads to the present ends of the topics and judges.
   *
   * @throws dev.catseye.tools.ToolException if the topics cannot be read; that is no verdict
   */
  public Verdict verify() throws InterruptedException {
    return read().judge();
  }

  /**
   * Reads to the present ends of the topics, for more than one judgement.
   *
   * @throws dev.catseye.tools.ToolException if the topics cannot be read
   */
  public RecordedRun read() throws InterruptedException {
    return new RecordedRun(reader.read(), settings);
  }

  /**
   * Outcomes that were taken back: those of aborted transactions, which only a reader of
   * uncommitted records sees.
   *
   * @throws dev.catseye.tools.ToolException if the topics cannot be read
   */
  public List<RawRecord> takenBack() {
    return reader.takenBack();
  }
}
