package dev.tenon.worker;

import dev.tenon.bus.Body;
import java.util.OptionalLong;
import org.graalvm.polyglot.HostAccess;

/// What a custom binding's Java half answered, as JavaScript sees it. The body as in [HostResponse].
public final class HostReply {

  private final Isolate isolate;
  private final Invocation invocation;
  private final Binding.Reply reply;
  private final BodyReader reader;
  private final boolean elsewhere;

  HostReply(Isolate isolate, Invocation invocation, Binding.Reply reply) {
    this(isolate, invocation, reply, false);
  }

  /// @param elsewhere whether another process gave it
  HostReply(Isolate isolate, Invocation invocation, Binding.Reply reply, boolean elsewhere) {
    this.elsewhere = elsewhere;
    this.isolate = isolate;
    this.invocation = invocation;
    this.reply = reply;
    this.reader = reply.stream().map(stream -> new BodyReader(new Body.Stream(stream, OptionalLong.empty()))).orElse(null);
  }

  @HostAccess.Export
  public String json() {
    return reply.json();
  }

  /// Whether another process gave it, which has taken nothing that the call gave away.
  @HostAccess.Export
  public boolean elsewhere() {
    return elsewhere;
  }

  /// Bytes, or null.
  @HostAccess.Export
  public Object bytes() {
    return reply.bytes().map(JsBytes::outgoing).orElse(null);
  }

  /// 0 no stream, 2 a stream.
  @HostAccess.Export
  public int bodyKind() {
    return reader == null ? 0 : 2;
  }

  /// A promise of the next chunk, null at the end.
  @HostAccess.Export
  public Object bodyRead() {
    return isolate.promises().promise(invocation, reader.read(), chunk -> chunk.map(JsBytes::outgoing).orElse(null));
  }

  /// Nobody will read the stream on.
  @HostAccess.Export
  public void bodyCancel() {
    reader.cancel();
  }
}
