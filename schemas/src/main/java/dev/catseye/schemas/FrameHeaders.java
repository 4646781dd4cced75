package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Copies of the small fields of a frame in its record headers (UTF-8 text), so that admission can
 * judge without parsing. They are a convenience: the record itself decides.
 *
 * @param id identity of the frame
 * @param width width in pixels as declared, 1 to 65535
 * @param height height in pixels as declared, 1 to 65535
 * @param encoding encoding as declared
 * @param contentBytes size of the payload in bytes, 0 or more
 */
public record FrameHeaders(
    FrameId id, int width, int height, Encoding encoding, long contentBytes) {
  public FrameHeaders {
    requireNonNull(id, "id");
    Checks.within(width, 1, Frame.MAX_SIDE, "frame width");
    Checks.within(height, 1, Frame.MAX_SIDE, "frame height");
    requireNonNull(encoding, "encoding");
    Checks.within(contentBytes, 0, Long.MAX_VALUE, "content bytes");
  }

  /** Puts the copies of {@code frame} into {@code headers}. */
  public static void write(Frame frame, Headers headers) {
    HeaderText text = new HeaderText(headers);
    text.put("camera_id", frame.id().cameraId());
    text.put("boot_id", frame.id().bootId());
    text.put("sequence", frame.id().sequence());
    text.put("captured_at", frame.id().captureMicros());
    text.put("width", frame.width());
    text.put("height", frame.height());
    text.put("encoding", frame.encoding().wireName());
    text.put("content_bytes", frame.content().sizeBytes());
  }

  /** The copies in {@code headers}; empty when one is missing or has no valid value. */
  public static Optional<FrameHeaders> read(Headers headers) {
    HeaderText text = new HeaderText(headers);
    try {
      FrameId id =
          new FrameId(
              text.text("camera_id"),
              text.text("boot_id"),
              text.number("sequence"),
              text.number("captured_at"));
      int width = text.integer("width");
      int height = text.integer("height");
      long contentBytes = text.number("content_bytes");
      return Encoding.ofWireName(text.text("encoding"))
          .map(encoding -> new FrameHeaders(id, width, height, encoding, contentBytes));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
