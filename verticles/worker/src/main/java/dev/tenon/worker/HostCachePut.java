package dev.tenon.worker;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// A response on its way into the cache, its body in pieces. It is there when its body is; what is too long or must not be kept is read and dropped.
public final class HostCachePut {

  private final ResponseCache cache;
  private final ResponseCache.Key key;
  private final int status;
  private final String reason;
  private final MultiMap headers;
  private final boolean encoded;
  private final Duration lifetime;
  private Buffer body = Buffer.buffer();
  private boolean dropped;

  HostCachePut(ResponseCache cache, ResponseCache.Key key, int status, String reason, MultiMap headers, boolean encoded, Duration lifetime) {
    this.cache = cache;
    this.key = key;
    this.status = status;
    this.reason = reason;
    this.headers = headers;
    this.encoded = encoded;
    this.lifetime = lifetime;
    this.dropped = lifetime.isZero();
  }

  /// @return null: there is always room for more
  @HostAccess.Export
  public Object write(Value view) {
    if (!dropped) {
      body.appendBytes(JsBytes.read(view));
      if (body.length() > cache.entryBytesMax()) {
        dropped = true;
        body = Buffer.buffer();
      }
    }
    return null;
  }

  /// The body is whole. What was kept under the key before is gone in any case.
  @HostAccess.Export
  public void end() {
    if (dropped) {
      cache.remove(key);
      return;
    }
    long age = Freshness.age(headers);
    if (Freshness.dropsCookies(headers)) {
      headers.remove("set-cookie");
    }
    headers.set("content-length", Integer.toString(body.length()));
    cache.put(key, new ResponseCache.Entry(status, reason, HeaderText.of(headers), body, encoded, cache.nanos(), age, lifetime));
  }
}
