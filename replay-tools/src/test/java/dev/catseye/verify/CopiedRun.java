package dev.catseye.verify;

import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** A copy of a finished run, taken from its topics, for controls: the judge must see a change. */
final class CopiedRun {
  private final TopicNames topics;
  private final List<LogBounds> logs = new ArrayList<>();
  private final List<RawRecord> others = new ArrayList<>();
  final List<RawRecord> masks = new ArrayList<>();

  private CopiedRun(TopicNames topics) {
    this.topics = topics;
  }

  /** Copies all committed records; the service must have stopped and left nothing waiting. */
  static CopiedRun of(ClientConfig config, TopicNames topics) {
    CopiedRun run = new CopiedRun(topics);
    try (TopicReader reader = new TopicReader(config, IsolationLevel.READ_COMMITTED)) {
      Map<TopicPartition, Long> ends =
          reader.ends(
              reader.partitions(List.of(topics.frames(), topics.masks(), topics.rejects())));
      ends.forEach(
          (log, end) -> run.logs.add(new LogBounds(log.topic(), log.partition(), 0, end, end)));
      reader.read(ends, record -> run.add(HistoryReader.raw(record)));
    }
    return run;
  }

  private void add(RawRecord record) {
    (record.place().topic().equals(topics.masks()) ? masks : others).add(record);
  }

  /** Judges the copy as it is now, every frame taken as committed; of a run in {@code profile}. */
  Verdict judge(RunProfile profile) {
    HistoryBuilder history = new HistoryBuilder(topics, "copied");
    for (LogBounds log : logs) {
      history.log(log);
      if (log.topic().equals(topics.frames())) {
        history.committed(log.partition(), new GroupOffset(log.end(), log.end()));
      }
    }
    history.transactionVersion(2);
    others.forEach(history::record);
    masks.forEach(history::record);
    return new Judge(Set.of(), profile).judge(history.build());
  }
}
