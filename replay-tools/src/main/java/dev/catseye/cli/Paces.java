package dev.catseye.cli;

import dev.catseye.send.Pace;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a pace, see {@link Pace#parse}. */
final class Paces implements ITypeConverter<Pace> {
  @Override
  public Pace convert(String text) {
    try {
      return Pace.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
