package dev.tenon.control;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// Asks whether PostgreSQL answers at an address, before anything else is built upon it. Connects, sends nothing but the question whether TLS is spoken,
/// and waits for one byte. Blocks.
///
/// @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL">PostgreSQL: SSL session encryption</a>
public final class FirstContact {

  private static final Duration DEADLINE = Duration.ofSeconds(4);
  private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};

  private FirstContact() {}

  /// @throws ControlException when nothing listens there, or what listens does not answer as PostgreSQL does
  public static void check(DatabaseAddress address) {
    try (Socket socket = new Socket()) {
      InetSocketAddress target = new InetSocketAddress(address.host(), address.port());
      if (target.isUnresolved()) {
        throw new UnknownHostException(address.host());
      }
      socket.connect(target, (int) DEADLINE.toMillis());
      socket.setSoTimeout((int) DEADLINE.toMillis());
      OutputStream out = socket.getOutputStream();
      out.write(SSL_REQUEST);
      int answer = socket.getInputStream().read();
      // E is a server that refuses every client at present; it says why to who logs in.
      if (answer != 'S' && answer != 'N' && answer != 'E') {
        throw new ControlException("database " + address + " – what listens there is not PostgreSQL – start PostgreSQL there, or correct --database");
      }
    } catch (SocketTimeoutException silent) {
      TimeoutException late = new TimeoutException();
      late.initCause(silent);
      throw Unreachable.sentence(address, late);
    } catch (IOException failed) {
      throw Unreachable.sentence(address, failed);
    }
  }
}
