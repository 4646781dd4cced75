package dev.catseye.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A bundle in a zip. Nothing is ever unpacked to the disk. */
final class ZipFiles implements BundleFiles {
  private static final int MAX_ENTRIES = 1000;

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  ZipFiles(Path file) throws IOException {
    this.zip = new ZipFile(file.toFile());
    zip.stream().filter(entry -> !entry.isDirectory()).limit(MAX_ENTRIES + 1L).forEach(this::add);
    if (entries.size() > MAX_ENTRIES) {
      problems.add("more than " + MAX_ENTRIES + " files in the zip");
    }
  }

  private void add(ZipEntry entry) {
    if (entries.put(entry.getName(), entry) != null) {
      problems.add(entry.getName() + ": is twice in the zip");
    }
  }

  @Override
  public List<String> problems() {
    return problems;
  }

  @Override
  public Set<String> names() {
    return new TreeSet<>(entries.keySet());
  }

  @Override
  public long size(String name) {
    return entries.get(name).getSize();
  }

  @Override
  public InputStream open(String name) throws IOException {
    return zip.getInputStream(entries.get(name));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
