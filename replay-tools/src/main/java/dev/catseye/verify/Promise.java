package dev.catseye.verify;

/** What the service promises, as far as this checker judges it. */
public enum Promise {
  /** Missing, doubled, and premature outcomes. */
  B1("each frame has exactly one outcome"),
  /** Outcomes that stand for no frame, or for another frame than they say. */
  B2("each outcome names an existing frame and its identity"),
  /** Outcomes out of order, or of one partition of frames on several partitions of masks. */
  B3("outcomes follow the order of their frames"),
  /** Records that readers cannot see because a transaction before them did not end. */
  B5("no transaction stays open"),
  /** DUPLICATE and LATE as excuses; frames worked on twice or backwards. */
  B6("only frames that came before are DUPLICATE, only overtaken ones LATE, and neither is scored"),
  /** Frames shed in ledger, for another reason, or with no newer frame of their camera there. */
  B7("only in profile live, and only for a newer frame that is there, is a stale frame shed"),
  /** Alarms that begin without RAISED, go on after CLEARED, or are two about one thing. */
  C1("each alarm begins with RAISED, ends with at most one CLEARED, and is about one thing"),
  /** CLEARED without a detected frame behind the last sighting: silence never clears. */
  C2("an alarm is cleared only by a later frame that was detected"),
  /** Alarms about frames that were not detected, or about regions that no mask has. */
  C3("each alarm agrees with the mask of its frame"),
  /** Sight that is claimed without a frame, OK that comes too early. */
  C4("no camera is said to see without frames, and none is OK before ten good ones"),
  /** Alarms that go on as if their camera saw. */
  C5("open alarms of a blind camera are suspended"),
  /** Masks that came late without saying so, or say so and did not. */
  C6("masks that came late, and no others, are marked as overdue"),
  /** Alarms that the masks do not lead to, and those that they do and that are missing. */
  C7("alarms are those that the masks lead to"),
  /** Corrupt frames that were scored; sound frames that were refused as corrupt. */
  D1("no corrupt frame is detected, no sound frame is refused for its checksum"),
  /** Masks that cannot be read, whose seal is broken, whose score map does not unpack. */
  D2("each mask is readable, sealed, and its score map unpacks to its size"),
  /** Bundles other than the stated one, or than most masks name; plans and thresholds likewise. */
  D3("one bundle, plan and operating point made everything"),
  /** Masks made somewhere else than the others, or than stated. */
  D4("one execution provider made everything"),
  /** Trust records and labels that are damaged or about no frame. */
  D5("trust records and labels are sealed, and their frames are there"),
  /** Alarms with a broken seal, and gaps in their counters. */
  E1("alarms are sealed and counted without a gap"),
  /** Health with a broken seal, and alive counters that do not move with the work. */
  E2("health is sealed, and its alive counter moves with the masks"),
  /** Heartbeats with a broken seal, and counters that stand although all is said to be well. */
  E3("heartbeats are sealed, and their alive counter moves with the work"),
  /** Boxes and areas that cannot be. */
  M1("each region lies inside its frame"),
  /** Regions dropped, added, moved or resized; summaries of another map. */
  M2("regions and summary of each mask are those of its score map"),
  /** Rejected frames without their raw bytes on rejects, and the reverse. */
  R1("each rejected frame lies once on rejects, byte for byte or named as too large"),
  /** Times of one instance that run back. */
  T1("times of one instance never run back");

  private final String sentence;

  Promise(String sentence) {
    this.sentence = sentence;
  }

  /** The promise in words. */
  public String sentence() {
    return sentence;
  }
}
