package dev.catseye.source;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a picture in the layout of Lost &amp; Found: {@code <scene>_<sequence:6>_<frame:6>}.
 * Scene names hold underscores and digits, house numbers among them, so a name is read from the
 * right.
 *
 * @param scene for instance {@code 04_Maurener_Weg_8}
 * @param sequence six digits, counts drives within the scene
 * @param frame six digits, a frame number and no time: published frames are ten apart
 */
record LostAndFoundName(String scene, String sequence, String frame)
    implements Comparable<LostAndFoundName> {
  private static final Pattern PICTURE =
      Pattern.compile("(.+)_(\\d{6})_(\\d{6})_leftImg8bit\\.(?i:png|jpe?g|webp)");
  private static final Comparator<LostAndFoundName> ORDER =
      Comparator.comparing(LostAndFoundName::scene)
          .thenComparing(LostAndFoundName::sequence)
          .thenComparing(LostAndFoundName::frame);

  /** The name in a file name; empty when the file is no picture of the left camera. */
  static Optional<LostAndFoundName> ofFile(String fileName) {
    Matcher matcher = PICTURE.matcher(fileName);
    return matcher.matches()
        ? Optional.of(new LostAndFoundName(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /** Name of the drive: scene and sequence. */
  String drive() {
    return scene + "_" + sequence;
  }

  /** Name of the picture, as labels repeat it. */
  String id() {
    return drive() + "_" + frame;
  }

  @Override
  public int compareTo(LostAndFoundName other) {
    return ORDER.compare(this, other);
  }
}
