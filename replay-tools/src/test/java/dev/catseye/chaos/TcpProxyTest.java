package dev.catseye.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TcpProxyTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int PATIENCE_MS = 20_000;

  private ServerSocket server;
  private TcpProxy proxy;
  private Socket client;
  private Socket accepted;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 1, HERE);
    proxy = TcpProxy.to(server.getLocalPort());
    client = new Socket(HERE, proxy.port());
    accepted = server.accept();
    accepted.setSoTimeout(PATIENCE_MS);
    client.setSoTimeout(PATIENCE_MS);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    client.close();
    accepted.close();
    server.close();
  }

  private void send(int value) throws IOException {
    client.getOutputStream().write(value);
  }

  @Test
  void anOpenProxy_passesBothWays() throws IOException {
    send(1);
    assertThat(accepted.getInputStream().read()).isEqualTo(1);
    accepted.getOutputStream().write(2);
    assertThat(client.getInputStream().read()).isEqualTo(2);
  }

  @Test
  void aHole_holdsBytesBackAndLosesNone() throws IOException {
    proxy.set(TcpProxy.Mode.HOLE);
    send(1);
    accepted.setSoTimeout(200);
    assertThatThrownBy(() -> accepted.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    send(2);

    accepted.setSoTimeout(PATIENCE_MS);
    proxy.set(TcpProxy.Mode.OPEN);

    assertThat(accepted.getInputStream().readNBytes(2)).containsExactly(1, 2);
    assertThat(proxy.held()).isEqualTo(1);
  }

  @Test
  void aCut_endsConnectionsAndRefusesOthersUntilItIsOpenAgain() throws IOException {
    proxy.set(TcpProxy.Mode.CUT);
    assertThatThrownBy(() -> requireByte(client)).isInstanceOf(IOException.class);
    try (Socket refused = new Socket(HERE, proxy.port())) {
      refused.setSoTimeout(PATIENCE_MS);
      assertThatThrownBy(() -> requireByte(refused)).isInstanceOf(IOException.class);
    }
    assertThat(proxy.reset()).isGreaterThanOrEqualTo(2);

    proxy.set(TcpProxy.Mode.OPEN);
    try (Socket again = new Socket(HERE, proxy.port());
        Socket through = server.accept()) {
      again.getOutputStream().write(3);
      through.setSoTimeout(PATIENCE_MS);
      assertThat(through.getInputStream().read()).isEqualTo(3);
    }
  }

  private static void requireByte(Socket socket) throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new IOException("end of stream");
    }
  }
}
