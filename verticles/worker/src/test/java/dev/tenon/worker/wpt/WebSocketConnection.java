package dev.tenon.worker.wpt;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/// The server's end of a WebSocket, frame by frame, so that a test's peer can do what a well-behaved one would not.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, section 5.2</a>
final class WebSocketConnection {

  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private final NetSocket socket;
  private Handler<Message> onMessage = _ -> { };
  private Handler<Buffer> onClose = this::close;
  private Buffer input = Buffer.buffer();
  private Buffer fragments = Buffer.buffer();
  private int fragmented;
  private boolean closeSent;

  WebSocketConnection(NetSocket socket) {
    this.socket = socket;
    socket.handler(this::received);
  }

  record Message(int opcode, Buffer payload) {
    String text() {
      return payload.toString(StandardCharsets.UTF_8);
    }
  }

  WebSocketConnection onMessage(Handler<Message> handler) {
    onMessage = handler;
    return this;
  }

  /// Instead of closing with the code and reason that the client closed with; the argument is the payload of its frame.
  WebSocketConnection onClose(Handler<Buffer> handler) {
    onClose = handler;
    return this;
  }

  void send(String text) {
    send(TEXT, Buffer.buffer(text));
  }

  void send(Message message) {
    send(message.opcode(), message.payload());
  }

  void send(int opcode, Buffer payload) {
    socket.write(frame(opcode, payload));
  }

  /// Sends a close frame, and lets go of the connection: at once when the client has sent one, when it has otherwise.
  void close(Buffer payload) {
    if (!closeSent) {
      closeSent = true;
      socket.write(frame(CLOSE, payload));
    }
  }

  void close(int code, String reason) {
    close(closing(code, reason));
  }

  static Buffer closing(int code, String reason) {
    return Buffer.buffer().appendShort((short) code).appendString(reason);
  }

  /// Without a close frame.
  void abort() {
    socket.close();
  }

  NetSocket socket() {
    return socket;
  }

  static Buffer frame(int opcode, Buffer payload) {
    Buffer frame = Buffer.buffer().appendByte((byte) (0x80 | opcode));
    int length = payload.length();
    if (length < 126) {
      frame.appendByte((byte) length);
    } else if (length < 1 << 16) {
      frame.appendByte((byte) 126).appendShort((short) length);
    } else {
      frame.appendByte((byte) 127).appendLong(length);
    }
    return frame.appendBuffer(payload);
  }

  private void received(Buffer bytes) {
    input.appendBuffer(bytes);
    int used = 0;
    for (int next = frameAt(used); next > used; next = frameAt(used)) {
      used = next;
    }
    input = input.getBuffer(used, input.length());
  }

  /// Takes the frame that begins at `start`, if all of it is there.
  ///
  /// @return where the next one begins; `start` when more bytes are needed
  private int frameAt(int start) {
    int have = input.length() - start;
    if (have < 2) {
      return start;
    }
    int first = input.getByte(start) & 0xff;
    int second = input.getByte(start + 1) & 0xff;
    int head = 2 + ((second & 0x7f) == 126 ? 2 : (second & 0x7f) == 127 ? 8 : 0) + ((second & 0x80) == 0 ? 0 : 4);
    if (have < head) {
      return start;
    }
    int length = switch (second & 0x7f) {
      case 126 -> input.getUnsignedShort(start + 2);
      case 127 -> (int) input.getLong(start + 2);
      default -> second & 0x7f;
    };
    if (have < head + length) {
      return start;
    }
    byte[] payload = input.getBytes(start + head, start + head + length);
    if ((second & 0x80) != 0) {
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= input.getByte(start + head - 4 + i % 4);
      }
    }
    frame((first & 0x80) != 0, first & 0x0f, Buffer.buffer(payload));
    return start + head + length;
  }

  private void frame(boolean last, int opcode, Buffer payload) {
    switch (opcode) {
      case CLOSE -> closed(payload);
      case PING -> send(PONG, payload);
      case PONG -> { }
      default -> {
        fragmented = opcode == 0 ? fragmented : opcode;
        fragments.appendBuffer(payload);
        if (last) {
          Message message = new Message(fragmented, fragments);
          fragments = Buffer.buffer();
          onMessage.handle(message);
        }
      }
    }
  }

  private void closed(Buffer payload) {
    if (closeSent) {
      socket.end();
    } else {
      onClose.handle(payload);
      if (closeSent) {
        socket.end();
      }
    }
  }
}
