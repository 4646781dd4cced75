package dev.catseye.record;

import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.InlineContent;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;

/**
 * Pictures with what was found in them painted over, for a handful of frames that are still on
 * their topic.
 */
public final class Overlays {
  private final ClientConfig client;
  private final Topics topics;

  public Overlays(ClientConfig client, Topics topics) {
    this.client = client;
    this.topics = topics;
  }

  /** How much there is to see on a mask. */
  private record Sight(FrameId frame, long regionsPx, float maxScore) {
    private static final Comparator<Sight> MOST =
        Comparator.comparingLong(Sight::regionsPx).thenComparing(Sight::maxScore);

    static Sight of(Mask mask) {
      long area = mask.regions().stream().mapToLong(Region::areaPx).sum();
      return new Sight(mask.frame().orElseThrow(), area, mask.summary().orElseThrow().maxScore());
    }
  }

  /**
   * Cuts the run into {@code count} equal stretches and writes of each the frame with the most to
   * see.
   *
   * @param folder exists
   * @return the files, in the order of their names; fewer where frames are gone from the topic
   */
  public List<Path> write(Path folder, int count) throws IOException {
    try (TopicReader reader = new TopicReader(client, IsolationLevel.READ_COMMITTED)) {
      CommittedRecords committed = new CommittedRecords(reader);
      List<Sight> sights = new ArrayList<>();
      committed.forEach(
          topics.masks(), mask -> mask.summary().ifPresent(any -> sights.add(Sight.of(mask))));
      Set<FrameId> chosen = choose(sights, count);
      Map<FrameId, Mask> masks = new HashMap<>();
      committed.forEach(
          topics.masks(),
          mask -> mask.frame().filter(chosen::contains).ifPresent(id -> masks.put(id, mask)));
      List<Path> files = new ArrayList<>();
      var frames = reader.partitions(List.of(topics.frames().name()));
      reader.read(
          reader.ends(frames), record -> write(record, masks, folder).ifPresent(files::add));
      return files.stream().sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Set<FrameId> choose(List<Sight> sights, int count) {
    Set<FrameId> chosen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      int from = sights.size() * i / count;
      int to = sights.size() * (i + 1) / count;
      sights.subList(from, to).stream().max(Sight.MOST).ifPresent(most -> chosen.add(most.frame()));
    }
    return chosen;
  }

  private static Optional<Path> write(
      ConsumerRecord<byte[], byte[]> record, Map<FrameId, Mask> masks, Path folder) {
    Optional<Mask> mask =
        FrameHeaders.read(record.headers()).map(FrameHeaders::id).map(masks::remove);
    if (mask.isEmpty() || mask.get().scoreMap().isEmpty()) {
      return Optional.empty();
    }
    Frame frame = Frames.read(record.value());
    if (!(frame.content() instanceof InlineContent content)) {
      return Optional.empty(); // its pixels lie elsewhere
    }
    try {
      byte[] png = OverlayPicture.png(content.bytes().toArray(), mask.get());
      return Optional.of(Files.write(folder.resolve(FrameFile.stem(frame.id()) + ".png"), png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
