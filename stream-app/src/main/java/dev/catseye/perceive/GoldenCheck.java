package dev.catseye.perceive;

/** Asks whether this machine still answers the bundle's golden frame as expected. */
@FunctionalInterface
public interface GoldenCheck {
  /** True when it does, or when the bundle has no golden frame; takes one inference. */
  boolean passes();
}
