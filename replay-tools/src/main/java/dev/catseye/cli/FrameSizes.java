package dev.catseye.cli;

import dev.catseye.image.GeometryException;
import dev.catseye.image.ImageLimits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes as people write them: {@code 2048x1024}. */
final class FrameSizes implements ITypeConverter<FrameSizes.Size> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

  /**
   * Sides of a frame, within what is decoded anywhere.
   *
   * @param width columns
   * @param height rows
   */
  record Size(int width, int height) {}

  @Override
  public Size convert(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException("'%s' is no size such as 2048x1024".formatted(text));
    }
    Size size = new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    try {
      ImageLimits.DEFAULT.checkSize(size.width(), size.height());
    } catch (GeometryException e) {
      throw new TypeConversionException(e.getMessage());
    }
    return size;
  }
}
