package dev.catseye.tools;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class PortsTest {
  @Test
  void anOccupiedPort_isNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Ports.requireFree(taken.getLocalPort()))
          .isInstanceOf(ToolException.class)
          .hasMessageStartingWith("port %d on 127.0.0.1 is not free", taken.getLocalPort());
    }
  }

  @Test
  void aFreePort_isAccepted() {
    assertThatCode(() -> Ports.requireFree(Ports.free())).doesNotThrowAnyException();
  }
}
