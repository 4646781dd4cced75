package dev.catseye.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Topics;
import org.junit.jupiter.api.Test;

final class TopicStateTest {
  private static final Topics TOPICS = Topics.withPrefix("");

  @Test
  void aTopicAsTheCatalogueWantsIt_hasNoDeviation() {
    var state = new TopicState(4, 8 << 20, "LogAppendTime", "delete");
    assertThat(state.deviations(TOPICS.frames())).isEmpty();
  }

  @Test
  void aTopicThatTakesMore_hasNoDeviation() {
    var state = new TopicState(4, 16 << 20, "LogAppendTime", "delete");
    assertThat(state.deviations(TOPICS.frames())).isEmpty();
  }

  @Test
  void aTopicWithKafkasDefaults_isToldInFull() {
    var state = new TopicState(1, 1_048_588, "CreateTime", "compact");
    assertThat(state.deviations(TOPICS.frames()))
        .containsExactlyInAnyOrder(
            "frames: partitions 1, expected 4",
            "frames: max.message.bytes 1048588, expected at least 8388608",
            "frames: message.timestamp.type CreateTime, expected LogAppendTime",
            "frames: cleanup.policy compact, expected delete");
  }
}
