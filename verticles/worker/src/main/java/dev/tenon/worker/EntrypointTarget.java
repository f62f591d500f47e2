package dev.tenon.worker;

import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;

/// Where a service binding leads: a component, one of its entrypoints, and what that sees as `ctx.props`.
///
/// Clients reach a worker's default entrypoint under the component's own name. Everything else – named entrypoints, props, calls of methods – has an address of its own, to which no
/// edge sends anything, so that what stands in these headers was always written by this runtime.
///
/// @param entrypoint empty for the default one
/// @param props as `rpc-values.js` writes them; empty for none
record EntrypointTarget(String component, String entrypoint, String props) {

  private static final String ENTRYPOINT = "tenon-entrypoint";
  private static final String PROPS = "tenon-props";
  private static final String METHOD_CALL = "tenon-method-call";
  private static final char SEPARATOR = '\n';

  EntrypointTarget {
    props = ascii(props);
  }

  /// JSON as a header's value can have it.
  private static String ascii(String json) {
    StringBuilder text = new StringBuilder(json.length());
    json.chars().forEach(c -> {
      if (c < 0x7f) {
        text.append((char) c);
      } else {
        text.append(String.format("\\u%04x", c));
      }
    });
    return text.toString();
  }

  static EntrypointTarget of(Binding.Service service) {
    return new EntrypointTarget(service.component(), service.entrypoint(), service.props());
  }

  /// What [#text()] made. JavaScript keeps it without a look inside.
  static EntrypointTarget parse(String text) {
    String[] parts = text.split("\n", -1);
    return parts.length == 1 ? new EntrypointTarget(text, "", "") : new EntrypointTarget(parts[0], parts[1], parts[2]);
  }

  String text() {
    return isPlain() ? component : component + SEPARATOR + entrypoint + SEPARATOR + props;
  }

  /// Whether it is what clients reach too.
  boolean isPlain() {
    return entrypoint.isEmpty() && props.isEmpty();
  }

  /// Under which name a component takes calls of other workers.
  static String address(String component) {
    return component + "/calls";
  }

  /// Under which name a component's assets are had without its code.
  static String assetsAddress(String component) {
    return component + "/assets";
  }

  /// Of a request that arrived at [#address(String)].
  static EntrypointTarget of(String component, ExchangeRequest request) {
    return new EntrypointTarget(component, said(request, ENTRYPOINT), said(request, PROPS));
  }

  private static String said(ExchangeRequest request, String name) {
    String value = request.headers().get(name);
    return value == null ? "" : value;
  }

  static boolean isMethodCall(ExchangeRequest request) {
    return request.headers().contains(METHOD_CALL);
  }

  /// Whether a method call comes from another process, which nothing can be given to.
  static boolean isFromElsewhere(ExchangeRequest methodCall) {
    return isElsewhere(methodCall.headers());
  }

  /// Whether a method call was answered by another process, which has taken nothing of what it was given.
  static boolean isFromElsewhere(ExchangeResponse answer) {
    return isElsewhere(answer.headers());
  }

  private static boolean isElsewhere(MultiMap headers) {
    return !GivenAway.PROCESS.equals(headers.get(METHOD_CALL));
  }

  /// The head of an answer to a method call.
  static MultiMap answerHeaders() {
    return HttpHeaders.headers().set(METHOD_CALL, GivenAway.PROCESS);
  }

  /// A request as it is sent to [#address(String)].
  ExchangeRequest address(ExchangeRequest request) {
    MultiMap headers = copy(request.headers());
    headers.set(ENTRYPOINT, entrypoint).set(PROPS, props);
    return with(request, headers);
  }

  ExchangeRequest addressMethodCall(ExchangeRequest request) {
    ExchangeRequest addressed = address(request);
    addressed.headers().set(METHOD_CALL, GivenAway.PROCESS);
    return addressed;
  }

  /// The request as the worker's code sees it.
  static ExchangeRequest bare(ExchangeRequest request) {
    MultiMap headers = copy(request.headers());
    headers.remove(ENTRYPOINT).remove(PROPS).remove(METHOD_CALL);
    return with(request, headers);
  }

  private static MultiMap copy(MultiMap headers) {
    MultiMap copy = HttpHeaders.headers();
    for (Map.Entry<String, String> header : headers) {
      copy.add(header.getKey(), header.getValue());
    }
    return copy;
  }

  private static ExchangeRequest with(ExchangeRequest request, MultiMap headers) {
    return new ExchangeRequest(request.method(), request.scheme(), request.authority(), request.target(), headers, request.body(), request.context(), request.client());
  }
}
