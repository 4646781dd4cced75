package dev.catseye.verify;

import java.util.HashMap;
import java.util.Map;

/**
 * One copy of each text that many records share, such as camera and bundle. Holds a bounded number:
 * a topic full of different texts is kept as it comes. Not thread-safe.
 */
final class Pool {
  private static final int MOST = 10_000;

  private final Map<String, String> texts = new HashMap<>();

  /** An equal text, the same one for equal texts. */
  String of(String text) {
    if (texts.size() >= MOST) {
      return texts.getOrDefault(text, text);
    }
    String before = texts.putIfAbsent(text, text);
    return before == null ? text : before;
  }
}
