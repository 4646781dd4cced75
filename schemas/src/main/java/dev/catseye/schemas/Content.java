package dev.catseye.schemas;

/** Payload of a frame: carried inline or referred to. */
public sealed interface Content permits InlineContent, ReferenceContent {
  /** Size of the payload in bytes, as carried or as declared. */
  long sizeBytes();
}
