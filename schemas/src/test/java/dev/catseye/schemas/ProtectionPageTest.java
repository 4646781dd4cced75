package dev.catseye.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The worked example of PROTECTION.md is a message as we write it, and its rules hold for it. */
final class ProtectionPageTest {
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| `([0-9a-f]+)` \\|");

  private static byte[] example() throws Exception {
    String page = Files.readString(Path.of("PROTECTION.md"));
    String table = page.substring(page.indexOf("<!-- example -->"), page.indexOf("<!-- /example"));
    StringBuilder hex = new StringBuilder();
    Matcher row = ROW.matcher(table);
    while (row.find()) {
      assertThat(Integer.parseInt(row.group(1))).as("At").isEqualTo(hex.length() / 2);
      hex.append(row.group(2));
    }
    return HexFormat.of().parseHex(hex);
  }

  /** As the page says it, bit by bit. */
  private static int crc32c(byte[] bytes) {
    int crc = -1;
    for (byte each : bytes) {
      crc ^= each & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    return ~crc;
  }

  @Test
  void example_isTheMessageThatWeWrite() throws Exception {
    byte[] message = Serdes.heartbeat().serializer().serialize("heartbeats", Samples.heartbeat());
    assertThat(HexFormat.of().formatHex(example())).isEqualTo(HexFormat.of().formatHex(message));
  }

  @Test
  void rulesOfThePage_holdForTheExample() throws Exception {
    byte[] message = example();
    byte[] covered = Arrays.copyOf(message, message.length - 4);
    assertThat(crc32c("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xe3069283);
    assertThat(crc32c(covered)).isEqualTo(ByteBuffer.wrap(message).getInt(covered.length));
    for (int bit = 0; bit < 8 * covered.length; bit++) {
      covered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(crc32c(covered)).isNotEqualTo(ByteBuffer.wrap(message).getInt(covered.length));
      covered[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }
}
