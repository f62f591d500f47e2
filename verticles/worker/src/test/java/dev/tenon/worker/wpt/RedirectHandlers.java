package dev.tenon.worker.wpt;

import dev.tenon.worker.wpt.Handlers.Handler;
import dev.tenon.worker.wpt.Handlers.Stash;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// Redirects, and answers to preflight requests, which both count what was asked before under a `token`.
final class RedirectHandlers {

  private final Stash stash;

  RedirectHandlers(Stash stash) {
    this.stash = stash;
  }

  void register(Map<String, Handler> byPath) {
    byPath.put("/fetch/api/resources/redirect.py", this::redirect);
    byPath.put("/fetch/api/resources/redirect-empty-location.py", exchange -> exchange.set("Location", "").end(302, ""));
    byPath.put("/fetch/api/resources/preflight.py", this::preflight);
    byPath.put("/common/redirect.py", RedirectHandlers::plain);
  }

  private static void plain(Exchange exchange) {
    exchange.set("Location", exchange.parameter("location", ""));
    if (exchange.has("enable-cors") && exchange.hasHeader("Origin")) {
      exchange.set("Content-Type", "text/plain").allowOrigin();
    }
    exchange.end(exchange.number("status", 302), "");
  }

  /// Redirects to `location`, carrying its own parameters along unless `simple` is one of them; no more than `max_count` times.
  private void redirect(Exchange exchange) {
    exchange.set("Content-Type", "text/plain").set("Cache-Control", "no-cache").set("Pragma", "no-cache").allowOrigin();
    String token = exchange.parameter("token", "");
    JsonObject state = state(token);
    if (exchange.isOptions()) {
      if (exchange.has("allow_headers")) {
        exchange.set("Access-Control-Allow-Headers", exchange.parameter("allow_headers", ""));
      }
      state.put("preflight", "1");
      if (!exchange.has("redirect_preflight")) {
        keep(token, state);
        exchange.end("");
        return;
      }
    }
    int count = state.getInteger("count", 0) + 1;
    keep(token, state.put("count", count));
    if (exchange.has("redirect_referrerpolicy")) {
      exchange.set("Referrer-Policy", exchange.parameter("redirect_referrerpolicy", ""));
    }
    if (exchange.has("location")) {
      exchange.set("Location", location(exchange, count));
    }
    exchange.after(exchange.number("delay", 0), () -> {
      if (!token.isEmpty() && exchange.has("max_count") && count > exchange.number("max_count", 0)) {
        exchange.headers().remove("Location");
        exchange.end(Integer.toString(count - 1));
      } else {
        exchange.end(status(exchange), "");
      }
    });
  }

  private static int status(Exchange exchange) {
    String form = exchange.body().toString();
    int inBody = form.contains("redirect_status=") ? Integer.parseInt(form.replaceFirst("(?s).*redirect_status=(\\d+).*", "$1")) : 302;
    return exchange.number("redirect_status", inBody);
  }

  private static String location(Exchange exchange, int count) {
    String location = exchange.parameter("location", "");
    if (exchange.has("simple") || !location.matches("(?i)(https?:.*|[^:/?#]*([/?#].*)?)")) {
      return location;
    }
    String query = exchange.query().entrySet().stream()
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue().getFirst(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    return location + (location.contains("?") ? "&" : "?") + query + "&count=" + count;
  }

  private void preflight(Exchange exchange) {
    exchange.set("Content-Type", "text/plain");
    String token = exchange.parameter("token", "");
    for (String origin : exchange.parameter("origin", "*").split(", ")) {
      exchange.add("Access-Control-Allow-Origin", origin);
    }
    if (exchange.has("clear-stash")) {
      exchange.end(stash.take(token).isPresent() ? "1" : "0");
      return;
    }
    if (exchange.has("credentials")) {
      exchange.set("Access-Control-Allow-Credentials", "true");
    }
    if (exchange.isOptions()) {
      askedFirst(exchange, token);
    } else {
      asked(exchange, token);
    }
  }

  private void askedFirst(Exchange exchange, String token) {
    if (!exchange.hasHeader("Access-Control-Request-Method") || !exchange.header("Accept", "").equals("*/*")) {
      exchange.end(400, "not a preflight request");
      return;
    }
    JsonObject state = new JsonObject().put("preflight", "1").put("referrer", exchange.header("Referer", "")).put("agent", exchange.header("User-Agent", ""));
    if (exchange.has("control_request_headers")) {
      state.put("headers", exchange.header("Access-Control-Request-Headers", ""));
    }
    Map.of("max_age", "Access-Control-Max-Age", "allow_headers", "Access-Control-Allow-Headers", "allow_methods", "Access-Control-Allow-Methods")
        .forEach((parameter, header) -> {
          if (exchange.has(parameter)) {
            exchange.set(header, exchange.parameter(parameter, ""));
          }
        });
    keep(token, state);
    exchange.end(exchange.number("preflight_status", 200), "");
  }

  private void asked(Exchange exchange, String token) {
    JsonObject state = state(token);
    if (exchange.has("checkUserAgentHeaderInPreflight") && !exchange.header("User-Agent", "").equals(state.getString("agent"))) {
      exchange.end(400, "the preflight request had another user agent");
      return;
    }
    exchange
        .set("Access-Control-Expose-Headers", "x-did-preflight, x-control-request-headers, x-referrer, x-preflight-referrer, x-origin")
        .set("x-did-preflight", state.getString("preflight", "0"))
        .set("x-control-request-headers", state.getString("headers", ""))
        .set("x-preflight-referrer", state.getString("referrer", ""))
        .set("x-referrer", exchange.header("Referer", ""))
        .set("x-origin", exchange.header("Origin", ""));
    keep(token, state);
    exchange.end("");
  }

  private JsonObject state(String token) {
    return token.isEmpty() ? new JsonObject() : stash.take(token).map(JsonObject::new).orElseGet(JsonObject::new);
  }

  private void keep(String token, JsonObject state) {
    if (!token.isEmpty()) {
      stash.put(token, state.encode());
    }
  }
}
