package dev.catseye.chaos;

/** What is done to a run. */
public enum FaultKind {
  /** An instance of the service gets SIGKILL, and is started again. */
  KILL("kill -9 of an instance"),
  /** An instance gets SIGSTOP, and SIGCONT after a while: a zombie where others took over. */
  PAUSE("SIGSTOP of an instance"),
  /** A broker gets SIGKILL, and is started again in its folder. */
  BROKER("kill -9 of a broker"),
  /** Nothing passes between an instance and the brokers, and nobody is told. */
  HOLE("network hole around an instance"),
  /** The connections of an instance are reset, and new ones refused. */
  CUT("connections of an instance reset and refused"),
  /** All members are thrown out of the group, again and again. */
  STORM("rebalance storm"),
  /** A camera sends pictures whose inference takes far longer. */
  SLOW("slow inference"),
  /** A camera sends a picture whose inference does not end until its run is terminated. */
  HANG("hung inference"),
  /** Records that are no frames, or lie. */
  POISON("poison on the topic of frames"),
  /** Frames that are sent twice. */
  DUPLICATE("frames sent twice"),
  /** Frames that are overtaken by their successors. */
  REORDER("frames out of order"),
  /** Capture times that jump back and forth. */
  CLOCK("jumps of a camera's clock"),
  /** The broker's files can no longer grow; it ends, and is started again with room. */
  DISK("no room for the broker's files");

  private final String sentence;

  FaultKind(String sentence) {
    this.sentence = sentence;
  }

  /** The kind in words. */
  public String sentence() {
    return sentence;
  }

  /** Whether it only changes what cameras send. */
  boolean isOfCameras() {
    return switch (this) {
      case SLOW, HANG, POISON, DUPLICATE, REORDER, CLOCK -> true;
      case KILL, PAUSE, BROKER, HOLE, CUT, STORM, DISK -> false;
    };
  }
}
