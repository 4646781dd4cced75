package dev.catseye.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A bundle in a folder. Links are problems, not ways to other files. */
final class FolderFiles implements BundleFiles {
  private final Path root;
  private final Set<String> names = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();

  FolderFiles(Path root) throws IOException {
    this.root = root;
    Files.walkFileTree(root, new Collector());
  }

  @Override
  public List<String> problems() {
    return problems;
  }

  @Override
  public Set<String> names() {
    return names;
  }

  @Override
  public long size(String name) throws IOException {
    return Files.size(root.resolve(name));
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Files.newInputStream(root.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void close() {}

  private final class Collector extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = root.relativize(file).toString().replace('\\', '/');
      if (attributes.isSymbolicLink()) {
        problems.add(name + ": is a link, only plain files are allowed");
      } else if (attributes.isRegularFile()) {
        names.add(name);
      } else {
        problems.add(name + ": is no plain file");
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
