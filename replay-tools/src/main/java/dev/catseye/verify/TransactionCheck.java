package dev.catseye.verify;

import java.util.List;

/** B5: no transaction of the service stays open: what stands behind it is hidden from readers. */
final class TransactionCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    TopicNames topics = history.topics();
    for (String topic : List.of(topics.masks(), topics.rejects(), topics.alarms())) {
      history
          .logsOf(topic)
          .forEach(
              log -> {
                findings.checked(Promise.B5, 1);
                if (log.isCut()) {
                  findings.violation(
                      Promise.B5,
                      new Place(topic, log.partition(), log.stable()),
                      "a transaction is open: %d offsets are hidden from readers"
                          .formatted(log.end() - log.stable()));
                }
              });
    }
  }
}
