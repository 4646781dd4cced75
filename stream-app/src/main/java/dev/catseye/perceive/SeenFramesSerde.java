package dev.catseye.perceive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** {@link SeenFrames} as bytes of our own changelog; the first byte is the version of the form. */
final class SeenFramesSerde {
  private static final int VERSION = 2;

  private SeenFramesSerde() {}

  static Serde<SeenFrames> create() {
    return Serdes.serdeFrom(
        (topic, seen) -> seen == null ? null : write(seen),
        (topic, bytes) -> bytes == null ? null : read(bytes));
  }

  private static byte[] write(SeenFrames seen) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(seen.bootId());
      out.writeLong(seen.newest());
      out.writeLong(seen.window());
      out.writeByte(seen.retired().size());
      for (String boot : seen.retired()) {
        out.writeUTF(boot);
      }
      out.writeLong(seen.captureMicros());
      out.writeLong(seen.periodMicros());
      out.writeLong(seen.appendedMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static SeenFrames read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new SerializationException("seen frames of version " + version + ", not " + VERSION);
      }
      String bootId = in.readUTF();
      long newest = in.readLong();
      long window = in.readLong();
      List<String> retired = new ArrayList<>();
      for (int left = in.readByte(); left > 0; left--) {
        retired.add(in.readUTF());
      }
      return new SeenFrames(
          bootId, newest, window, retired, in.readLong(), in.readLong(), in.readLong());
    } catch (IOException e) {
      throw new SerializationException("seen frames: " + e.getMessage(), e);
    }
  }
}
