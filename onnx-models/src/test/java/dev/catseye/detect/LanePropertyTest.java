package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Cameras on threads of their own, with poison among their frames: nothing is lost or mixed up. */
class LanePropertyTest {
  private static final int CAMERAS = 5;
  private static final int FRAMES = 12; // per camera
  private static final String FAILED = "failed";

  @Property(tries = 40)
  void everyFrameGetsItsOwnAnswerOnce_inTheOrderOfItsCamera(@ForAll @LongRange long seed)
      throws Exception {
    Random random = new Random(seed);
    Integer[] poison = marks(random);
    Integer[] notFinite = marks(random);
    StubDetector detector = new StubDetector().withPoison(poison).withNotFinite(notFinite);
    LaneConfig config =
        new LaneConfig(
            1 + random.nextInt(5), Duration.ofMillis(random.nextInt(3)), Duration.ofSeconds(20));

    Map<Integer, String> outcomes = run(detector, config, random);

    Set<Integer> bad = new TreeSet<>(List.of(poison));
    bad.addAll(List.of(notFinite));
    assertThat(outcomes).hasSize(CAMERAS * FRAMES);
    outcomes.forEach(
        (mark, outcome) ->
            assertThat(outcome)
                .as("frame %d", mark)
                .isEqualTo(bad.contains(mark) ? FAILED : "answered " + mark));
    assertThat(detector.runs()).allMatch(marks -> config.sizes().contains(marks.size()));
    assertEachRunsOnce(detector.runs(), Set.of(poison));
    assertOrderPerCamera(detector.runs());
  }

  /** Some marks, each once. */
  private static Integer[] marks(Random random) {
    return random
        .ints(random.nextInt(6), 0, CAMERAS * FRAMES)
        .distinct()
        .boxed()
        .toArray(Integer[]::new);
  }

  /** What became of each frame. */
  private static Map<Integer, String> run(StubDetector detector, LaneConfig config, Random random)
      throws InterruptedException {
    Map<Integer, String> outcomes = new ConcurrentHashMap<>();
    int[] widths = {4, 4 + random.nextInt(2)};
    List<Thread> threads = new ArrayList<>();
    try (InferenceLane lane = InferenceLane.start(detector, config, LaneListener.NONE)) {
      for (int camera = 0; camera < CAMERAS; camera++) {
        int first = camera * FRAMES;
        boolean announces = random.nextBoolean();
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < FRAMES; i++) {
                    if (announces) {
                      lane.announce();
                    }
                    outcomes.merge(
                        first + i, outcome(lane, first + i, widths[i % 2]), (a, b) -> "twice");
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    return outcomes;
  }

  private static String outcome(InferenceLane lane, int mark, int width) {
    try {
      return "answered " + StubDetector.mark(lane.detect(StubDetector.frame(mark, width)));
    } catch (InferenceException e) {
      return FAILED;
    }
  }

  /** A frame is in one run that was answered; a poisoned one in none. */
  private static void assertEachRunsOnce(List<List<Integer>> runs, Set<Integer> poison) {
    Map<Integer, Integer> answered = new TreeMap<>();
    for (List<Integer> run : runs) {
      if (run.stream().noneMatch(poison::contains)) {
        run.forEach(mark -> answered.merge(mark, 1, Integer::sum));
      }
    }
    IntStream.range(0, CAMERAS * FRAMES)
        .forEach(
            mark ->
                assertThat(answered.get(mark))
                    .as("runs of frame %d", mark)
                    .isEqualTo(poison.contains(mark) ? null : Integer.valueOf(1)));
  }

  private static void assertOrderPerCamera(List<List<Integer>> runs) {
    List<List<Integer>> seen = new ArrayList<>();
    IntStream.range(0, CAMERAS).forEach(camera -> seen.add(new ArrayList<>()));
    for (List<Integer> run : runs) {
      for (int mark : run) {
        List<Integer> ofCamera = seen.get(mark / FRAMES);
        if (!ofCamera.contains(mark)) { // not its second run
          ofCamera.add(mark);
        }
      }
    }
    seen.forEach(ofCamera -> assertThat(ofCamera).isSorted());
  }
}
