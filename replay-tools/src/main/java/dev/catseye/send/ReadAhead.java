package dev.catseye.send;

import dev.catseye.source.PlannedFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads files on a thread of its own, ahead of the frame that is sent, so that a slow disk does not
 * make frames late. Holds at most {@value #MAX_BYTES} bytes and one frame. Used by one thread.
 */
final class ReadAhead implements AutoCloseable {
  private static final long MAX_BYTES = 64 << 20; // 25 PNGs of 2048x1024

  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "read-ahead");
            thread.setDaemon(true);
            return thread;
          });
  private final Iterator<PlannedFrame> unread;
  private final Deque<Reading> readings = new ArrayDeque<>();
  private long bytesAhead;

  private record Reading(Future<LoadedFrame> frame, long bytes) {}

  ReadAhead(List<PlannedFrame> frames) {
    this.unread = frames.iterator();
    fill();
  }

  private void fill() {
    while (unread.hasNext() && bytesAhead < MAX_BYTES) {
      PlannedFrame frame = unread.next();
      Reading reading = new Reading(reader.submit(() -> LoadedFrame.read(frame)), sizeOf(frame));
      readings.add(reading);
      bytesAhead += reading.bytes();
    }
  }

  /**
   * The next frame in order.
   *
   * @throws SkippedException if this one cannot be sent
   * @throws NoSuchElementException after the last
   */
  LoadedFrame next() throws SkippedException, InterruptedException {
    fill();
    Reading head = readings.remove();
    bytesAhead -= head.bytes();
    try {
      return head.frame().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SkippedException skipped) {
        throw skipped;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static long sizeOf(PlannedFrame frame) {
    long label = frame.picture().label().map(found -> sizeOf(found.file())).orElse(0L);
    return sizeOf(frame.picture().file()) + label;
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // reading it will say what is wrong
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
