package dev.tenon.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;

/// The sending half of a body that leaves its context: reads the source only as fast as the other half gives credit.
///
/// Invariants: used on the source's context only. What has been sent and not yet credited back never exceeds the credit
/// given; beyond it at most one chunk of the source is held. Every chunk costs its length plus [#CHUNK_COST_BYTES], so
/// that a flood of tiny chunks is bounded too; both halves count alike.
final class BodySender {

  /// What a chunk costs beside its bytes. Part of the wire format.
  static final int CHUNK_COST_BYTES = 64;

  /// Where the pieces go. Called on the source's context, `data` any number of times, then one of the other two once.
  interface Sink {
    void data(Buffer chunk);

    void end();

    void broke(Failure why);
  }

  private final ContextInternal context;
  private final ReadStream<Buffer> source;
  private final Sink sink;
  private final int chunkMax;
  private final ArrayDeque<Buffer> pending = new ArrayDeque<>(2);
  private int offset;
  private long credit;
  private boolean sourceEnded;
  private boolean asked;
  private boolean pumping;
  private boolean done;

  /// @param chunkMax the largest piece handed to the sink
  BodySender(ContextInternal context, ReadStream<Buffer> source, int chunkMax, Sink sink) {
    this.context = context;
    this.source = source;
    this.chunkMax = chunkMax;
    this.sink = sink;
  }

  static int cost(Buffer chunk) {
    return chunk.length() + CHUNK_COST_BYTES;
  }

  /// Takes the source over. It is not read before the first credit.
  void start() {
    if (done) {
      return;
    }
    source.exceptionHandler(this::sourceFailed);
    source.endHandler(end -> {
      sourceEnded = true;
      pump();
    });
    source.handler(chunk -> {
      asked = false;
      if (!done && chunk.length() > 0) {
        pending.add(chunk);
      }
      pump();
    });
    pump();
  }

  void grant(long bytes) {
    credit += bytes;
    pump();
  }

  /// The reader wants no more: the source is left paused, without handlers.
  void stop() {
    if (!done) {
      done = true;
      pending.clear();
      detach();
    }
  }

  boolean done() {
    return done;
  }

  ContextInternal context() {
    return context;
  }

  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (!done && step()) {
        // each step sends one piece, or asks for one
      }
    } finally {
      pumping = false;
    }
  }

  private boolean step() {
    if (pending.isEmpty()) {
      if (sourceEnded) {
        done = true;
        sink.end();
        return false;
      }
      if (asked || credit <= CHUNK_COST_BYTES) {
        return false;
      }
      asked = true;
      source.fetch(1);
      return !asked || sourceEnded;
    }
    if (credit <= CHUNK_COST_BYTES) {
      return false;
    }
    sink.data(nextPiece());
    return true;
  }

  private Buffer nextPiece() {
    Buffer chunk = pending.peek();
    int left = chunk.length() - offset;
    int size = (int) Math.min(Math.min(left, chunkMax), credit - CHUNK_COST_BYTES);
    Buffer piece = size == chunk.length() ? chunk : chunk.slice(offset, offset + size);
    offset += size;
    if (offset == chunk.length()) {
      pending.poll();
      offset = 0;
    }
    credit -= cost(piece);
    return piece;
  }

  private void sourceFailed(Throwable cause) {
    if (done) {
      return;
    }
    done = true;
    pending.clear();
    detach();
    sink.broke(Failure.of(cause));
  }

  private void detach() {
    source.handler(null);
    source.endHandler(null);
    source.exceptionHandler(null);
    source.pause();
  }
}
