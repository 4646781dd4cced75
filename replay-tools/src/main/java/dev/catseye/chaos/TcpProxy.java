package dev.catseye.chaos;

import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between clients and one port of this machine. A hole holds every byte back until it is
 * healed, as a network does that drops packets and lets TCP send them again; a cut resets all
 * connections and refuses new ones. Threads are daemons, two per connection. Thread-safe.
 */
final class TcpProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  /** What passes. */
  enum Mode {
    OPEN,
    HOLE,
    CUT
  }

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong reset = new AtomicLong();
  private Mode mode = Mode.OPEN; // guarded by this

  private TcpProxy(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /**
   * Begins to listen on a free port of the loopback address.
   *
   * @param target port of the loopback address to pass on to
   */
  static TcpProxy to(int target) {
    try {
      TcpProxy proxy =
          new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      start("proxy-" + target, proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new ToolException("no port for a proxy: " + e.getMessage(), e);
    }
  }

  /** Where clients come to. */
  int port() {
    return listener.getLocalPort();
  }

  /** Pieces of data that a hole held back so far. */
  long held() {
    return held.get();
  }

  /** Ends of connections that a cut reset, and connections that it refused, so far. */
  long reset() {
    return reset.get();
  }

  /** Changes what passes, at once. */
  synchronized void set(Mode wanted) {
    mode = wanted;
    notifyAll();
    if (wanted == Mode.CUT) {
      for (Socket socket : sockets) {
        reset.incrementAndGet();
        abort(socket);
      }
    }
  }

  private synchronized Mode mode() {
    return mode;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (mode() == Mode.CUT) {
          reset.incrementAndGet();
          abort(client);
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // closed, or a client that was gone already
      }
    }
  }

  /** The broker behind it may be away: then the client is as badly off as without us. */
  private void connect(Socket client) {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      if (!register(client, server)) {
        return;
      }
      start("proxy-up", () -> pump(client, server));
      start("proxy-down", () -> pump(server, client));
    } catch (IOException e) {
      abort(client);
    }
  }

  /** A cut that came while the connection was made ends it, too. */
  private synchronized boolean register(Socket client, Socket server) {
    if (mode == Mode.CUT) {
      reset.incrementAndGet();
      abort(client);
      abort(server);
      return false;
    }
    sockets.add(client);
    sockets.add(server);
    return true;
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int count;
      while ((count = in.read(buffer)) >= 0) {
        awaitPassage();
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // one end is gone, so the other goes as well
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      abort(from);
      abort(to);
    }
  }

  private synchronized void awaitPassage() throws InterruptedException {
    if (mode == Mode.HOLE) {
      held.incrementAndGet();
    }
    while (mode == Mode.HOLE) {
      wait();
    }
  }

  private void abort(Socket socket) {
    sockets.remove(socket);
    try {
      socket.setSoLinger(true, 0); // RST, not FIN
      socket.close();
    } catch (IOException e) {
      // it is gone, which is what we want
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends it and every connection. */
  @Override
  public void close() {
    set(Mode.CUT);
    try {
      listener.close();
    } catch (IOException e) {
      throw new ToolException("proxy on port %d: %s".formatted(port(), e.getMessage()), e);
    }
  }
}
