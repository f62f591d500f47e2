package dev.tenon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tenon.control.DatabaseAddress.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FirstContactTest {

  @Test
  void aServerThatAnswersIsTaken() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      answers(server, "N");
      FirstContact.check(address(server));
    }
  }

  @Test
  void aServerThatSaysNothingIsTold() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(address(server), "it does not answer – start PostgreSQL there, or correct --database");
    }
  }

  @Test
  void anotherKindOfServerIsTold() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      answers(server, "HTTP/1.1 400 Bad Request");
      refused(address(server), "what listens there is not PostgreSQL – start PostgreSQL there, or correct --database");
    }
  }

  @Test
  void nothingThereIsTold() throws IOException {
    DatabaseAddress nobody;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = address(server);
    }
    refused(nobody, "nothing listens there – start PostgreSQL there, or correct --database");
  }

  private static void answers(ServerSocket server, String answer) {
    Thread.ofVirtual().start(() -> {
      try (Socket client = server.accept()) {
        client.getInputStream().readNBytes(8);
        client.getOutputStream().write(answer.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      } catch (IOException gone) {
        // the test has its answer then, or fails for want of it
      }
    });
  }

  private static DatabaseAddress address(ServerSocket server) {
    return new DatabaseAddress("127.0.0.1", server.getLocalPort(), "tenon", "ada", "secret", Tls.DISABLE);
  }

  private static void refused(DatabaseAddress address, String why) {
    assertEquals("database " + address + " – " + why, assertThrows(ControlException.class, () -> FirstContact.check(address)).getMessage());
  }
}
