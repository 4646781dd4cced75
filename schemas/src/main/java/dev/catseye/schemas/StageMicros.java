package dev.catseye.schemas;

/**
 * Time spent in each stage, in microseconds, 0 or more; 0 for a stage that was not reached.
 *
 * @param admit parsing and admission
 * @param decode payload to pixels
 * @param queue waiting for the inference lane
 * @param infer inference
 * @param region score map to regions
 * @param encode packing of the score map
 */
public record StageMicros(
    long admit, long decode, long queue, long infer, long region, long encode) {
  public StageMicros {
    Checks.micros(admit, "admit time");
    Checks.micros(decode, "decode time");
    Checks.micros(queue, "queue time");
    Checks.micros(infer, "inference time");
    Checks.micros(region, "region time");
    Checks.micros(encode, "encode time");
  }

  /** Sum of all stages in microseconds. */
  public long total() {
    return admit + decode + queue + infer + region + encode;
  }
}
