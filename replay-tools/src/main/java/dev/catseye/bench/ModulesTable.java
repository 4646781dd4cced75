package dev.catseye.bench;

import java.util.Map;
import java.util.OptionalInt;

/** Times of the stages and of the whole, as a table for people. */
public final class ModulesTable {
  private static final String LEGEND =
      """
      A stage is a network with the glue around it, timed in the runtime. chained: all stages, each
      on what the ones before it left in the runtime's memory. fused: one graph. Both are timed from
      the frame on the heap to the maps on the heap.
      """;

  private ModulesTable() {}

  /** Several lines with a line end. */
  public static String of(Measurement measured) {
    boolean paper = PaperTable.tells(measured);
    Table table = new Table(measured);
    table.head(paper ? "%10s".formatted("paper") : "");
    for (Map.Entry<String, Times> stage : measured.stages().entrySet()) {
      OptionalInt ms = paper ? PaperTable.stageMs(stage.getKey()) : OptionalInt.empty();
      table.row(stage.getKey(), stage.getValue(), cell(ms));
    }
    table.row("chained", measured.chained(), "");
    table.row("fused, total", measured.fused(), cell(PaperTable.totalMs(measured)));
    table.line("");
    table.line(LEGEND.stripTrailing());
    if (paper) {
      table.line(
          "paper: SynBoost, Table 5, Light, full width; mean of %d frames on a %s; total: the sum."
              .formatted(PaperTable.FRAMES, PaperTable.DEVICE));
      table.line("Note: " + PaperTable.NOTE + ".");
    }
    return table.toString();
  }

  private static String cell(OptionalInt ms) {
    return ms.isPresent() ? "%10d".formatted(ms.getAsInt()) : "";
  }
}
