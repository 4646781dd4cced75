package dev.catseye.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * B6: DUPLICATE is told only of a frame whose like stands before it on its partition, LATE only of
 * one that a newer frame or another boot of its camera stands before, and nothing is worked on that
 * is either. A frame that was put back from rejects is passed over.
 */
final class NoveltyCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    Map<Place, SeenMask> outcomes = new HashMap<>();
    history
        .agreeing()
        .forEach(mask -> outcomes.putIfAbsent(mask.sound().orElseThrow().origin(), mask));
    Map<List<Object>, Camera> cameras = new HashMap<>();
    for (SeenFrame frame : history.frames().values()) {
      Optional<Identity> identity =
          frame.facts().filter(SeenFrame.Facts::sealHolds).map(SeenFrame.Facts::identity);
      if (identity.isEmpty() || frame.putBack()) {
        continue;
      }
      Identity id = identity.get();
      Camera camera =
          cameras.computeIfAbsent(
              List.of(frame.place().partition(), id.camera()), key -> new Camera());
      SeenMask mask = outcomes.get(frame.place());
      if (mask != null && !findings.isBlamed(mask.place())) {
        boolean complete = !history.isTruncated(frame.place());
        judge(camera, id, mask, complete, findings);
      }
      camera.came(id);
    }
  }

  private static void judge(
      Camera camera, Identity frame, SeenMask mask, boolean complete, Findings findings) {
    findings.checked(Promise.B6, 1);
    String outcome = mask.sound().orElseThrow().outcome();
    Optional<String> fault =
        switch (outcome) {
          case "DUPLICATE" ->
              complete && !camera.hasSeen(frame)
                  ? Optional.of("but no frame before has that identity")
                  : Optional.empty();
          case "LATE" ->
              complete && !camera.isOvertaken(frame)
                  ? Optional.of("but no newer frame stands before it")
                  : Optional.empty();
          case "DETECTED", "SHED" -> camera.workedOn(frame);
          default -> Optional.empty();
        };
    fault.ifPresent(
        text ->
            findings.violation(
                Promise.B6, mask.place(), "%s: frame '%s', %s".formatted(outcome, frame, text)));
  }

  /** What stood on one partition of one camera before the frame that is judged. */
  private static final class Camera {
    private static final int REMEMBERED = 1000; // sequences of a boot; the service knows 64

    private final Map<String, Boot> boots = new HashMap<>();
    private String newestBoot = "";

    /** The frames of one boot. */
    private static final class Boot {
      private final TreeSet<Long> came = new TreeSet<>();
      private long worked = Long.MIN_VALUE; // highest that was DETECTED or SHED
    }

    boolean hasSeen(Identity frame) {
      Boot boot = boots.get(frame.boot());
      return boot != null && boot.came.contains(frame.sequence());
    }

    boolean isOvertaken(Identity frame) {
      Boot boot = boots.get(frame.boot());
      return boot != null
          && (!newestBoot.equals(frame.boot()) || boot.came.last() > frame.sequence());
    }

    /** Why it should not be worked on; otherwise it counts as worked on. */
    Optional<String> workedOn(Identity frame) {
      Boot boot = boots.computeIfAbsent(frame.boot(), name -> new Boot());
      if (frame.sequence() <= boot.worked) {
        return Optional.of("but frame %d was worked on before".formatted(boot.worked));
      }
      boot.worked = frame.sequence();
      return Optional.empty();
    }

    void came(Identity frame) {
      Boot boot = boots.get(frame.boot());
      if (boot == null || boot.came.isEmpty()) {
        newestBoot = frame.boot();
      }
      boot = boots.computeIfAbsent(frame.boot(), name -> new Boot());
      boot.came.add(frame.sequence());
      if (boot.came.size() > REMEMBERED) {
        boot.came.pollFirst();
      }
    }
  }
}
