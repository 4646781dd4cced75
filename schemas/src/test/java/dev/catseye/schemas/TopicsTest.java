package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private static final Topics TOPICS = Topics.withPrefix("");

  @Test
  void catalogue_namesNineTopicsOnTheDatasWay() {
    assertThat(TOPICS.all())
        .extracting(topic -> (Object) topic.name())
        .containsExactly(
            "frames",
            "masks",
            "trust",
            "rejects",
            "redrives",
            "alarms",
            "health",
            "heartbeats",
            "ground-truth");
  }

  @Test
  void prefix_standsBeforeEveryName() {
    List<String> plain = TOPICS.all().stream().map(topic -> "car-7." + topic.name()).toList();

    assertThat(Topics.withPrefix("car-7.").all())
        .extracting(topic -> (Object) topic.name())
        .isEqualTo(plain);
  }

  @Test
  void prefixThatKafkaRefuses_isRefusedHere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Topics.withPrefix("car 7/"))
        .withMessage("topic is no topic name: car 7/frames");
  }

  @Test
  void everyTopic_isKeptByTheTimeOfAppending() {
    for (Topic<?> topic : TOPICS.all()) {
      assertThat(topic.config())
          .as(topic.name())
          .containsEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")
          .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "delete");
    }
  }

  @Test
  void segments_areAnEighthOfWhatIsKept() {
    Map<String, String> health = TOPICS.health().config();

    assertThat(health)
        .containsEntry(TopicConfig.RETENTION_MS_CONFIG, "86400000")
        .containsEntry(TopicConfig.SEGMENT_MS_CONFIG, "10800000")
        .containsEntry(TopicConfig.RETENTION_BYTES_CONFIG, "1073741824")
        .containsEntry(TopicConfig.SEGMENT_BYTES_CONFIG, "134217728");
    assertThat(TOPICS.frames().config())
        .containsEntry(TopicConfig.SEGMENT_BYTES_CONFIG, "1073741824");
  }

  @Test
  void cameraTopics_haveEqualPartitions() {
    assertThat(TOPICS.all())
        .filteredOn(topic -> !List.of("heartbeats", "redrives").contains(topic.name()))
        .extracting(topic -> (Object) topic.partitions())
        .containsOnly(TOPICS.frames().partitions());
  }

  @Test
  void rejects_haveRoomForTheLargestFrameAndItsHeaders() {
    assertThat(TOPICS.rejects().maxBytes()).isEqualTo(TOPICS.frames().maxBytes() + (1 << 20));
  }

  @Test
  void marksOfRedrives_outliveTheRejectsThatTheyStandFor() {
    assertThat(TOPICS.redrives().retention())
        .isGreaterThan(TOPICS.rejects().retention().multipliedBy(2));
  }

  @Test
  void newTopic_carriesNamePartitionsReplicationAndSettings() {
    NewTopic topic = TOPICS.masks().withPartitions(12).toNewTopic((short) 3);

    assertThat(topic.name()).isEqualTo("masks");
    assertThat(topic.numPartitions()).isEqualTo(12);
    assertThat(topic.replicationFactor()).isEqualTo((short) 3);
    assertThat(topic.configs()).isEqualTo(TOPICS.masks().config());
  }

  @Test
  void retentionBelowEightRecords_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Topic<>("t", Serdes.mask(), 1, Duration.ofDays(1), 799, 100, "camera_id"))
        .withMessageContaining("retention bytes 799 outside [800,");
  }
}
