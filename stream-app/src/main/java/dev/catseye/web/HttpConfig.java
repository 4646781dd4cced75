package dev.catseye.web;

import dev.catseye.config.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where the status pages are served.
 *
 * @param address a loopback address
 * @param port TCP port, 0 to 65535; 0 takes a free one
 */
public record HttpConfig(InetAddress address, int port) {
  public HttpConfig {
    if (!address.isLoopbackAddress()) {
      throw new IllegalArgumentException(address + " is not a loopback address");
    }
  }

  /** Reads the settings below {@code http.}. */
  public static HttpConfig from(Settings settings) {
    String host =
        settings.text("http.host", "127.0.0.1", "loopback address of the status pages").any();
    int port =
        settings
            .integer("http.port", 9464, "TCP port of the status pages; 0 takes a free one")
            .between(0, 65535);
    return new HttpConfig(loopback(host, settings), port);
  }

  private static InetAddress loopback(String host, Settings settings) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isLoopbackAddress()) {
        return address;
      }
      settings.problem(
          "http.host = "
              + host
              + ": must be a loopback address; the status pages have neither TLS nor passwords, so"
              + " put a proxy or an agent on this machine in front of them");
    } catch (UnknownHostException e) {
      settings.problem("http.host = " + host + ": no such host");
    }
    return InetAddress.getLoopbackAddress();
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, port);
  }
}
