package dev.catseye.tools;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** TCP ports on the loopback address. */
public final class Ports {
  private Ports() {}

  /** A port that was free a moment ago. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new ToolException("no free port on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  /**
   * Finds out whether somebody listens on {@code port}.
   *
   * @throws ToolException that names the port when it is occupied
   */
  public static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      socket.getLocalPort();
    } catch (IOException e) {
      throw new ToolException(
          "port %d on 127.0.0.1 is not free (%s); name another with --port, or --port 0 for any free one"
              .formatted(port, e.getMessage()),
          e);
    }
  }
}
