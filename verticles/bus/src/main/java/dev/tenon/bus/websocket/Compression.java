package dev.tenon.bus.websocket;

import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilter;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilterProvider;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What two ends agree on about compressing messages: `permessage-deflate` (RFC 7692), or nothing.
///
/// Neither short messages nor quiet connections pay for it: what is shorter than [#WORTHWHILE_BYTES] goes as it is, and nothing is kept from one message that was sent
/// to the next.
///
/// @param extension what compresses on this connection
/// @param header what the answer's `Sec-WebSocket-Extensions` says of it
public record Compression(WebSocketExtension extension, String header) {

  static final int WORTHWHILE_BYTES = 1024;

  private static final int LEVEL = 6;
  private static final int WINDOW_BITS = 15;
  private static final String NAME = "permessage-deflate";

  private static final WebSocketExtensionFilterProvider FILTERS = new WebSocketExtensionFilterProvider() {
    @Override
    public WebSocketExtensionFilter encoderFilter() {
      return frame -> frame.isFinalFragment() && !(frame instanceof ContinuationWebSocketFrame) && frame.content().readableBytes() < WORTHWHILE_BYTES;
    }

    @Override
    public WebSocketExtensionFilter decoderFilter() {
      return WebSocketExtensionFilter.NEVER_SKIP;
    }
  };

  /// A server's side of it: empty when the component does not want it, or the client did not offer it in a form that is known here.
  ///
  /// @param offered the client's `Sec-WebSocket-Extensions`
  /// @param wanted the component's; both empty for none
  public static Optional<Compression> agree(String offered, String wanted, int messageBytesMax) {
    if (!named(wanted)) {
      return Optional.empty();
    }
    var handshaker = new PerMessageDeflateServerExtensionHandshaker(LEVEL, true, WINDOW_BITS, true, true, FILTERS, messageBytesMax);
    for (WebSocketExtensionData each : WebSocketExtensionUtil.extractExtensions(offered)) {
      WebSocketServerExtension extension = handshaker.handshakeExtension(with(each, "server_no_context_takeover"));
      if (extension != null) {
        WebSocketExtensionData data = extension.newReponseData();
        return Optional.of(new Compression(extension, text(data.name(), data.parameters())));
      }
    }
    return Optional.empty();
  }

  /// A client's side of it: what a server's answer says. Empty when it says nothing.
  ///
  /// @throws IllegalArgumentException when the server wants what was not offered
  public static Optional<Compression> agreed(String answered, int messageBytesMax) {
    if (answered.isBlank()) {
      return Optional.empty();
    }
    List<WebSocketExtensionData> all = WebSocketExtensionUtil.extractExtensions(answered);
    var handshaker = new PerMessageDeflateClientExtensionHandshaker(LEVEL, true, WINDOW_BITS, true, false, FILTERS, messageBytesMax);
    WebSocketExtension extension = all.size() == 1 ? handshaker.handshakeExtension(with(all.getFirst(), "client_no_context_takeover")) : null;
    if (extension == null) {
      throw new IllegalArgumentException("the server wants the extension \"" + answered + "\", which was not offered to it");
    }
    return Optional.of(new Compression(extension, answered));
  }

  /// Whether a list of extensions has this one.
  public static boolean named(String extensions) {
    return WebSocketExtensionUtil.extractExtensions(extensions).stream().anyMatch(each -> each.name().equals(NAME));
  }

  /// Whoever compresses may always begin anew with each message.
  private static WebSocketExtensionData with(WebSocketExtensionData data, String parameter) {
    Map<String, String> parameters = new LinkedHashMap<>(data.parameters());
    parameters.putIfAbsent(parameter, null);
    return new WebSocketExtensionData(data.name(), parameters);
  }

  private static String text(String name, Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> each.getValue() == null ? "; " + each.getKey() : "; " + each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining("", name, ""));
  }
}
