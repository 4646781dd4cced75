package dev.catseye.bundle;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A bundle that passed every check. Graphs stay on disk: one can be larger than the heap.
 *
 * <p>Immutable, thread-safe.
 */
public final class Bundle {
  private final Path source;
  private final Manifest manifest;
  private final String digest;
  private final Optional<Golden> golden;

  Bundle(Path source, Manifest manifest, String digest, Optional<Golden> golden) {
    this.source = source;
    this.manifest = manifest;
    this.digest = digest;
    this.golden = golden;
  }

  /**
   * Reads and checks a bundle, every file of it.
   *
   * @param folderOrZip a folder or a zip that holds {@code bundle.json} at its top
   * @throws ModelException with all problems found
   */
  public static Bundle open(Path folderOrZip) {
    return BundleReader.read(folderOrZip);
  }

  /** Where it was read from. */
  public Path source() {
    return source;
  }

  /** The author's name for it. */
  public String name() {
    return manifest.name();
  }

  /** The author's version. */
  public String version() {
    return manifest.version();
  }

  /** Licence of the weights, an SPDX expression or words. */
  public String licence() {
    return manifest.licence();
  }

  /** SHA-256 of {@code bundle.json}, 64 hex digits: it names every other file's hash. */
  public String digest() {
    return digest;
  }

  /** What the class maps' indices mean. */
  public LabelSpace labels() {
    return manifest.labels();
  }

  /** All graphs, in the manifest's order. */
  public List<GraphSpec> graphs() {
    return manifest.graphs();
  }

  /** All plans, in the manifest's order. */
  public List<PlanSpec> plans() {
    return manifest.plans();
  }

  /** The plan to use unless the operator says another. */
  public PlanSpec defaultPlan() {
    return plan(manifest.defaultPlan());
  }

  /**
   * The plan of that name.
   *
   * @throws ModelException naming the plans there are
   */
  public PlanSpec plan(String name) {
    return plans().stream()
        .filter(plan -> plan.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "bundle " + source,
                    List.of(
                        String.format(
                            "no plan '%s'; it has %s",
                            name,
                            plans().stream()
                                .map(PlanSpec::name)
                                .collect(Collectors.joining(", "))))));
  }

  /** The graph that computes {@code plan}. */
  public GraphSpec graph(PlanSpec plan) {
    return graphs().stream()
        .filter(graph -> graph.file().path().equals(plan.graph()))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("plan of another bundle: " + plan.name()));
  }

  /**
   * The bytes of {@code graph}, read from the source once more: the very bytes that are handed over
   * were hashed and inspected. Then they are cut to the outputs that {@code graph} still has.
   *
   * @return direct, read-only, from position 0 to its limit; the caller's
   * @throws ModelException if the file is no longer what it was
   */
  public ByteBuffer graphBytes(GraphSpec graph) {
    ByteBuffer bytes = BundleReader.graphBytes(source, graph.file());
    GraphCut.drop(bytes, outputsBeyond(graph));
    return bytes.asReadOnlyBuffer();
  }

  /** Outputs that the bundle's own graph of that file has beyond those of {@code graph}. */
  private Set<String> outputsBeyond(GraphSpec graph) {
    return graphs().stream()
        .filter(whole -> whole.file().equals(graph.file()))
        .flatMap(whole -> whole.outputs().stream())
        .map(OutputSpec::name)
        .filter(name -> graph.output(name).isEmpty())
        .collect(Collectors.toSet());
  }

  /** The stages that the fused graph can be taken apart into, in running order; often none. */
  public List<StageSpec> stages() {
    return manifest.stages();
  }

  /** The bytes of one of {@link #stages()}; otherwise as {@link #graphBytes(GraphSpec)}. */
  public ByteBuffer graphBytes(StageSpec stage) {
    return BundleReader.graphBytes(source, stage.file()).asReadOnlyBuffer();
  }

  /** The golden frame with its answers, if the bundle has one. */
  public Optional<Golden> golden() {
    return golden;
  }

  @Override
  public String toString() {
    return String.format("bundle %s %s (%s)", name(), version(), digest.substring(0, 12));
  }
}
