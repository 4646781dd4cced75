package dev.catseye.payload;

import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.ReferenceContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files below configured folders, its roots. The way from a root to a file is walked folder by
 * folder, each opened within the one before, and no link is followed: what is exchanged on the way
 * cannot lead out. Thread-safe.
 */
public final class FolderStore implements PayloadStore {
  private final List<Root> roots;

  private FolderStore(List<Root> roots) {
    this.roots = List.copyOf(roots);
  }

  /**
   * A folder that may be read.
   *
   * @param name as configured and as references begin
   * @param real where it is
   */
  private record Root(Path name, Path real) {}

  /**
   * A store over folders that exist.
   *
   * @param folders absolute; none, and every reference is refused
   * @throws IllegalArgumentException if {@link #problem} names one
   */
  public static FolderStore over(List<Path> folders) {
    List<Root> roots = new ArrayList<>();
    for (Path folder : folders) {
      problem(folder)
          .ifPresent(
              words -> {
                throw new IllegalArgumentException(words);
              });
      try {
        roots.add(new Root(folder.normalize(), folder.toRealPath()));
      } catch (IOException e) {
        throw new IllegalArgumentException(folder + " cannot be read: " + e.getMessage(), e);
      }
    }
    return new FolderStore(roots);
  }

  /** Why a folder cannot be a root; empty when it can. */
  public static Optional<String> problem(Path folder) {
    if (!folder.isAbsolute()) {
      return Optional.of(folder + " is not an absolute path");
    }
    if (!Files.isDirectory(folder)) {
      return Optional.of(folder + " is not a folder");
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      return stream instanceof SecureDirectoryStream
          ? Optional.empty()
          : Optional.of(folder + " lies on a file system that cannot be walked without links");
    } catch (IOException e) {
      return Optional.of(folder + " cannot be read");
    }
  }

  @Override
  public byte[] fetch(ReferenceContent reference, long nowMicros) throws PayloadException {
    if (nowMicros >= reference.expiresMicros()) {
      throw new PayloadException("expired at " + instant(reference.expiresMicros()));
    }
    Path path = FileUri.path(reference.uri());
    Root root =
        roots.stream()
            .filter(candidate -> path.startsWith(candidate.name()))
            .filter(candidate -> path.getNameCount() > candidate.name().getNameCount())
            .findFirst()
            .orElseThrow(
                () -> new PayloadException("lies below none of the folders of reference.roots"));
    byte[] payload = read(root, root.name().relativize(path), reference.sizeBytes());
    if (!Bytes.wrap(sha256(payload)).equals(reference.sha256())) {
      throw new PayloadException("its SHA-256 is not the one that the frame names");
    }
    return payload;
  }

  private static byte[] read(Root root, Path below, long size) throws PayloadException {
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(root.real())) {
      return read((SecureDirectoryStream<Path>) folder, below, size);
    } catch (NoSuchFileException e) {
      throw new PayloadException("there is no such file");
    } catch (FileSystemException e) { // of a link: not a folder, too many levels
      throw new PayloadException("cannot be opened, or a link lies on the way");
    } catch (IOException e) {
      throw new PayloadException("cannot be read: " + e.getMessage());
    }
  }

  private static byte[] read(SecureDirectoryStream<Path> folder, Path below, long size)
      throws IOException, PayloadException {
    Path first = below.getName(0);
    int names = below.getNameCount();
    if (names == 1) {
      return readFile(folder, first, size);
    }
    try (SecureDirectoryStream<Path> next =
        folder.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
      return read(next, below.subpath(1, names), size);
    }
  }

  private static byte[] readFile(SecureDirectoryStream<Path> folder, Path name, long size)
      throws IOException, PayloadException {
    BasicFileAttributes file =
        folder
            .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
    if (!file.isRegularFile()) { // a pipe would never end, a link would lead away
      throw new PayloadException(
          file.isSymbolicLink() ? "is a link, and links are not followed" : "is not a file");
    }
    if (file.size() != size) {
      throw new PayloadException(
          String.format("has %d bytes, the frame says %d", file.size(), size));
    }
    ByteBuffer payload = ByteBuffer.allocate(Math.toIntExact(size));
    try (SeekableByteChannel channel =
        folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      while (payload.hasRemaining()) {
        if (channel.read(payload) < 0) {
          throw new PayloadException("ends after " + payload.position() + " bytes");
        }
      }
    }
    return payload.array();
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
  }

  private static byte[] sha256(byte[] payload) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(payload);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
