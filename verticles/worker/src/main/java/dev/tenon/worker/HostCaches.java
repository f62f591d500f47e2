package dev.tenon.worker;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.HostAccess;

/// The node's [ResponseCache] as a worker's JavaScript sees it.
public final class HostCaches {

  private static final Pattern RANGE = Pattern.compile("bytes\\s*=\\s*([0-9]{0,9})\\s*-\\s*([0-9]{0,9})\\s*", Pattern.CASE_INSENSITIVE);

  private final Isolate isolate;
  private final ResponseCache cache;

  HostCaches(Isolate isolate, ResponseCache cache) {
    this.isolate = isolate;
    this.cache = cache;
  }

  /// Asks for a use of the cache: 0 granted, 1 nothing runs that it could be for, 2 the invocation has made too many subrequests.
  @HostAccess.Export
  public int use() {
    Invocation invocation = isolate.currentInvocation();
    return invocation == null ? 1 : invocation.countSubrequest() ? 0 : 2;
  }

  /// What is kept under a key, as the request's headers want it; null for nothing.
  ///
  /// @param name of the cache; null for the default one
  @HostAccess.Export
  public HostCached match(String name, String key, String requestHeaders) {
    return cache.get(key(name, key)).map(entry -> answer(entry, HeaderText.parse(requestHeaders))).orElse(null);
  }

  /// @return whether there was something
  @HostAccess.Export
  public boolean delete(String name, String key) {
    return cache.remove(key(name, key));
  }

  /// Begins to keep a response; what is returned takes its body.
  ///
  /// @param encoded whether the body has the coding that the headers speak of
  @HostAccess.Export
  public HostCachePut put(String name, String key, boolean authorized, int status, String reason, String headers, boolean encoded) {
    MultiMap kept = HeaderText.parse(headers);
    return new HostCachePut(cache, key(name, key), status, reason, kept, encoded, Freshness.of(status, kept, authorized, Instant.now()));
  }

  private ResponseCache.Key key(String name, String key) {
    return new ResponseCache.Key(isolate.component(), Optional.ofNullable(name), key);
  }

  private HostCached answer(ResponseCache.Entry entry, MultiMap request) {
    MultiMap headers = HeaderText.parse(entry.headers());
    headers.set("age", Long.toString(cache.ageSeconds(entry)));
    headers.set("cf-cache-status", "HIT");
    if (isNotModified(request, headers)) {
      headers.remove("content-length");
      return HostCached.empty(isolate, 304, "Not Modified", headers);
    }
    int length = entry.body().length();
    String range = request.get("range");
    Matcher one = range == null || entry.status() != 200 || !rangeIsOf(request, headers) ? null : RANGE.matcher(range);
    if (one == null || !one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
      return HostCached.of(isolate, entry, headers);
    }
    boolean suffix = one.group(1).isEmpty();
    int first = suffix ? Math.max(0, length - Integer.parseInt(one.group(2))) : Integer.parseInt(one.group(1));
    int last = suffix || one.group(2).isEmpty() ? length - 1 : Integer.parseInt(one.group(2));
    if (!suffix && last < first && !one.group(2).isEmpty()) {
      return HostCached.of(isolate, entry, headers);
    }
    if (first >= length) {
      headers.remove("content-length").set("content-range", "bytes */" + length);
      return HostCached.empty(isolate, 416, "Range Not Satisfiable", headers);
    }
    int end = Math.min(last, length - 1) + 1;
    headers.set("content-range", "bytes " + first + "-" + (end - 1) + "/" + length);
    return HostCached.part(isolate, entry, headers, first, end);
  }

  private static boolean isNotModified(MultiMap request, MultiMap response) {
    String asked = request.get("if-none-match");
    String tag = response.get("etag");
    if (asked != null && tag != null) {
      return asked.strip().equals("*") || Arrays.stream(asked.split(",")).map(HostCaches::strong).anyMatch(strong(tag)::equals);
    }
    Optional<Instant> since = Freshness.date(request.get("if-modified-since"));
    Optional<Instant> modified = Freshness.date(response.get("last-modified"));
    return asked == null && since.isPresent() && modified.isPresent() && !modified.get().isAfter(since.get());
  }

  private static boolean rangeIsOf(MultiMap request, MultiMap response) {
    String condition = request.get("if-range");
    return condition == null || condition.equals(response.get("etag")) || condition.equals(response.get("last-modified"));
  }

  private static String strong(String tag) {
    String stripped = tag.strip();
    return stripped.startsWith("W/") ? stripped.substring(2) : stripped;
  }
}
