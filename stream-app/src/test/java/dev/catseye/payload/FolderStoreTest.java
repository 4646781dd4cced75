package dev.catseye.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.ReferenceContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest {
  private static final byte[] PAYLOAD = "a picture".getBytes(StandardCharsets.UTF_8);
  private static final long NOW = 1_000_000;

  @TempDir private Path temporary;
  private Path root;
  private Path secret;
  private FolderStore store;

  @BeforeEach
  void layOut() throws Exception {
    root = Files.createDirectories(temporary.resolve("root"));
    secret = Files.write(temporary.resolve("secret"), PAYLOAD);
    Files.createDirectories(root.resolve("drive 1/front"));
    Files.write(root.resolve("drive 1/front/7.jpg"), PAYLOAD);
    Files.write(Files.createDirectories(temporary.resolve("rootless")).resolve("x"), PAYLOAD);
    store = FolderStore.over(List.of(root));
  }

  private static ReferenceContent reference(String uri, long size, byte[] content, long expires)
      throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
    return new ReferenceContent(uri, size, Bytes.wrap(hash), expires);
  }

  private static ReferenceContent reference(String uri) throws Exception {
    return reference(uri, PAYLOAD.length, PAYLOAD, NOW + 1);
  }

  private void assertRefused(ReferenceContent reference, String why) {
    assertThatThrownBy(() -> store.fetch(reference, NOW))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining(why);
  }

  private void assertRefused(String uri, String why) throws Exception {
    assertRefused(reference(uri), why);
  }

  @Test
  void fileBelowARoot_isRead() throws Exception {
    String uri = "file://" + root + "/drive%201/front/7.jpg";
    assertThat(store.fetch(reference(uri), NOW)).isEqualTo(PAYLOAD);
    assertThat(store.fetch(reference(uri.replace("file://", "FILE:")), NOW)).isEqualTo(PAYLOAD);
  }

  @Test
  void rootThatIsALink_isReadUnderItsName() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), root);
    FolderStore linked = FolderStore.over(List.of(link));
    String uri = "file://" + link + "/drive%201/front/7.jpg";
    assertThat(linked.fetch(reference(uri), NOW)).isEqualTo(PAYLOAD);
  }

  @Test
  void waysOut_areRefused() throws Exception {
    String out = "its path holds an empty name, '.' or '..'";
    assertRefused("file://" + root + "/../secret", out);
    assertRefused("file://" + root + "/%2e%2e/secret", out);
    assertRefused("file://" + root + "/%2E./secret", out);
    assertRefused("file://" + root + "/drive%201/..%2f..%2fsecret", out);
    assertRefused("file://" + root + "/./drive%201/front/7.jpg", out);
    assertRefused("file://" + root + "//drive%201/front/7.jpg", out);
    assertRefused("file://" + root + "/%252e%252e/secret", "there is no such file");
    assertRefused("file://" + secret, "lies below none of the folders of reference.roots");
    assertRefused("file://" + temporary + "/rootless/x", "below none of the folders");
    assertRefused("file:///etc/hostname", "below none of the folders");
    assertRefused("file://" + root, "below none of the folders");
    assertRefused("file://" + root + "/a%00b", "a character that no path has");
  }

  @Test
  void links_areNotFollowed_whereverTheyLead() throws Exception {
    Files.createSymbolicLink(root.resolve("out.jpg"), secret);
    Files.createSymbolicLink(root.resolve("inside.jpg"), root.resolve("drive 1/front/7.jpg"));
    Files.createSymbolicLink(root.resolve("folder"), temporary);
    assertRefused("file://" + root + "/out.jpg", "is a link, and links are not followed");
    assertRefused("file://" + root + "/inside.jpg", "is a link, and links are not followed");
    assertRefused("file://" + root + "/folder/secret", "or a link lies on the way");
  }

  @Test
  void addressesOfOtherForms_areRefused() throws Exception {
    assertRefused("s3://bucket/7.jpg", "only file: addresses are read");
    assertRefused("http://127.0.0.1/7.jpg", "only file: addresses are read");
    assertRefused(root + "/drive 1/front/7.jpg", "is no address");
    assertRefused(root + "/7.jpg", "only file: addresses are read");
    assertRefused("file://elsewhere" + root + "/7.jpg", "file:/// and an absolute path");
    assertRefused("file:7.jpg", "file:/// and an absolute path");
    assertRefused("file://" + root + "/7.jpg?x", "file:/// and an absolute path");
    assertRefused("file://" + root + "/7.jpg#x", "file:/// and an absolute path");
    assertRefused("jar:file://" + root + "/7.jar!/x", "only file: addresses are read");
  }

  @Test
  void missingFile_folder_andPipe_areRefused() throws Exception {
    assertRefused("file://" + root + "/gone/7.jpg", "there is no such file");
    assertRefused("file://" + root + "/gone.jpg", "there is no such file");
    assertRefused("file://" + root + "/drive%201", "is not a file");
    pipe(root.resolve("pipe"));
    assertRefused("file://" + root + "/pipe", "is not a file");
  }

  private static void pipe(Path path) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }

  @Test
  void otherBytesThanDescribed_areRefused() throws Exception {
    String uri = "file://" + root + "/drive%201/front/7.jpg";
    assertRefused(reference(uri, 8, PAYLOAD, NOW + 1), "has 9 bytes, the frame says 8");
    assertRefused(reference(uri, 9, new byte[9], NOW + 1), "its SHA-256 is not the one");
  }

  @Test
  void expiredReference_isNotEvenLookedFor() throws Exception {
    ReferenceContent gone = reference("file:///nowhere", 9, PAYLOAD, NOW);
    assertRefused(gone, "expired at 1970-01-01T00:00:01Z");
  }

  @Test
  void withoutRoots_everyReferenceIsRefused() throws Exception {
    ReferenceContent any = reference("file://" + root + "/drive%201/front/7.jpg");
    assertThatThrownBy(() -> FolderStore.over(List.of()).fetch(any, NOW))
        .hasMessage("lies below none of the folders of reference.roots");
  }

  @Test
  void rootThatIsNoFolder_isAProblem() {
    assertThat(FolderStore.problem(root)).isEmpty();
    assertThat(FolderStore.problem(secret)).contains(secret + " is not a folder");
    assertThat(FolderStore.problem(Path.of("relative")))
        .contains("relative is not an absolute path");
  }
}
