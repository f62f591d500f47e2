package dev.tenon.worker;

import dev.tenon.bus.websocket.Piece;
import dev.tenon.bus.websocket.PieceReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What a stream of pieces says, message by message, as texts.
final class PieceLog {

  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final PieceReader reader = new PieceReader();
  private Piece.Kind kind;
  private Buffer message = Buffer.buffer();

  /// Reads a stream, on its context.
  void read(ReadStream<Buffer> stream) {
    stream.exceptionHandler(cause -> said.add("broken: " + cause.getMessage()));
    stream.endHandler(_ -> said.add("end"));
    stream.handler(chunk -> reader.read(chunk, this::piece));
    stream.resume();
  }

  /// The next message, `CLOSE code reason`, `end` or `broken: why`.
  String next() {
    try {
      String next = said.poll(TestWorker.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came");
      }
      return next;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private void piece(Piece piece) {
    if (piece.kind() == Piece.Kind.CLOSE) {
      said.add("CLOSE " + piece.closeCode() + " " + piece.closeReason());
      return;
    }
    kind = piece.kind() == Piece.Kind.CONTINUATION ? kind : piece.kind();
    message.appendBuffer(piece.bytes());
    if (piece.last()) {
      said.add(kind + " " + (kind == Piece.Kind.TEXT ? message.toString() : Arrays.toString(message.getBytes())));
      message = Buffer.buffer();
    }
  }
}
