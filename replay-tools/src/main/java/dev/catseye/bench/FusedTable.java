package dev.catseye.bench;

/** The fused graph against its stages in a row, as a table for people. */
public final class FusedTable {
  private static final String LEGEND =
      """
      Each is timed from the frame on the heap to the maps on the heap. CPU: mean time of all
      threads together. ratio: chained through fused; above 1 the fused graph is faster.
      """;

  private FusedTable() {}

  /** Several lines with a line end. */
  public static String of(Measurement measured) {
    Table table = new Table(measured);
    table.fact("chained", String.join(", ", measured.stages().keySet()));
    table.head("%10s".formatted("CPU"));
    table.row("fused", measured.fused(), Table.number("%10.1f", measured.fusedCpuMs()));
    table.row("chained", measured.chained(), Table.number("%10.1f", measured.chainedCpuMs()));
    table.line("");
    table.fact("ratio", ratio(Ratio.of(measured.chained(), measured.fused())));
    if (measured.fusedCpuMs() > 0) {
      table.fact("ratio, CPU", digits(measured.chainedCpuMs() / measured.fusedCpuMs()));
    }
    table.line("");
    table.line(LEGEND.stripTrailing());
    return table.toString();
  }

  private static String ratio(Ratio ratio) {
    return "%s of the medians; half of the pairs %s to %s, all %s to %s"
        .formatted(
            digits(ratio.ofMedians()),
            digits(ratio.lowerQuartile()),
            digits(ratio.upperQuartile()),
            digits(ratio.lowest()),
            digits(ratio.highest()));
  }

  private static String digits(double ratio) {
    return Table.number("%.3f", ratio);
  }
}
