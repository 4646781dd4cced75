package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class CameraPartitionsTest {
  private static final List<String> CAMERAS = List.of("front", "left", "rear");

  @Test
  void listedCameras_haveThePartitionOfTheirPlace() {
    CameraPartitions partitions = new CameraPartitions(CAMERAS);
    assertThat(CAMERAS.stream().map(camera -> partitions.of(camera, 4).orElseThrow()))
        .containsExactly(0, 1, 2);
  }

  @Test
  void fewerPartitionsThanCameras_areSharedInTurn() {
    CameraPartitions partitions = new CameraPartitions(CAMERAS);
    assertThat(CAMERAS.stream().map(camera -> partitions.of(camera, 2).orElseThrow()))
        .containsExactly(0, 1, 0);
  }

  @Test
  void cameraOutsideTheList_isLeftToKafka() {
    assertThat(new CameraPartitions(CAMERAS).of("roof", 4)).isEmpty();
    assertThat(CameraPartitions.BY_HASH.of("front", 4)).isEmpty();
  }

  /** Why there is a list. */
  @Test
  void kafkaItself_putsTheseThreeOnOnePartition() {
    assertThat(CAMERAS.stream().map(CameraPartitionsTest::byHash)).containsExactly(0, 0, 0);
  }

  private static int byHash(String camera) {
    return BuiltInPartitioner.partitionForKey(camera.getBytes(StandardCharsets.UTF_8), 4);
  }

  @Test
  void cameraListedTwice_isRefused() {
    assertThatThrownBy(() -> new CameraPartitions(List.of("front", "front")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("list of cameras names one twice: [front, front]");
  }

  @Test
  void catalogueWithCameras_hasAPartitionForEach() {
    Topics topics = Topics.withPrefix("a-").withCameras(CAMERAS);
    assertThat(topics.frames().name()).isEqualTo("a-frames");
    assertThat(topics.masks().partitions()).isEqualTo(3);
    assertThat(topics.heartbeats().partitions()).isEqualTo(1);
    assertThat(topics.cameras().of("rear", 3)).contains(2);
    assertThat(Topics.withPrefix("").withCameras(List.of()).frames().partitions()).isEqualTo(4);
  }
}
