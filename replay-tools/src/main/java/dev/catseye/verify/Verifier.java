package dev.catseye.verify;

import java.util.Map;
import java.util.Set;

/** The checker in one call: reads the topics of a run and judges them. */
public final class Verifier {
  private final HistoryReader reader;
  private final Judge judge;

  /**
   * @param client settings of Kafka's clients, {@code bootstrap.servers} among them
   * @param topics names of the topics
   * @param group the service's consumer group
   * @param bundles digests of the bundles that may have run; empty: the one that most masks name
   */
  public Verifier(
      Map<String, Object> client, TopicNames topics, String group, Set<String> bundles) {
    this.reader = new HistoryReader(client, topics, group);
    this.judge = new Judge(bundles);
  }

  /**
   * Reads to the present ends of the topics and judges.
   *
   * @throws Exception if the topics cannot be read; that is no verdict
   */
  public Verdict verify() throws Exception {
    return judge.judge(reader.read());
  }
}
