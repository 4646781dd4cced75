package dev.catseye.verify;

/** Judges one history by one promise, or by the premises of all. */
@FunctionalInterface
interface Check {
  void judge(History history, Findings findings);
}
