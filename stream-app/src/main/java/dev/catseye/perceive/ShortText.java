package dev.catseye.perceive;

/** Text as long as a record can carry. */
final class ShortText {
  /** Longest free text of a record, characters. */
  static final int MOST = 4096;

  private ShortText() {}

  /** The first {@value #MOST} characters at most; never half of a surrogate pair. */
  static String of(String text) {
    if (text.length() <= MOST) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST);
  }
}
