package dev.catseye.redrive;

import java.util.List;

/** Where chosen frames go, together. */
interface Returns extends AutoCloseable {
  /**
   * Puts all of them back, or none.
   *
   * @throws dev.catseye.tools.ToolException if they could not be put back
   */
  void putBack(List<Choice.Return> frames);

  @Override
  void close();
}
