package dev.catseye.judge;

/** What a DETECTED picture is worth as evidence. */
enum Sight {
  /** A picture that was not there before and shows something. */
  FRESH,
  /** The very bytes of the picture before: the camera repeats itself. */
  FROZEN,
  /** Too dark or too flat to see anything. */
  DARK
}
