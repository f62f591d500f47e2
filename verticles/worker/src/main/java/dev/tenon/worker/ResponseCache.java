package dev.tenon.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;

/// Responses that workers keep with `caches`, in this node's memory, no more bytes of them than it was made for. The least used go first; none is served after its
/// time. Workers do not see each other's. Thread-safe.
public final class ResponseCache {

  /// What a node keeps where nobody says otherwise.
  public static final long DEFAULT_BYTES = 64L << 20;

  /// A single response may take this part of the whole.
  private static final int ENTRY_SHARE = 4;

  /// What a response takes besides its own bytes.
  private static final int ENTRY_OVERHEAD_BYTES = 256;

  private final Cache<Key, Entry> entries;
  private final Ticker ticker;
  private final long entryBytesMax;

  private static final class Node {
    static final ResponseCache CACHE = of(DEFAULT_BYTES);
  }

  /// @param worker whose it is
  /// @param cache empty for `caches.default`
  record Key(String worker, Optional<String> cache, String key) {}

  /// @param headers see [HeaderText]
  /// @param encoded whether the body has the coding that its headers speak of
  /// @param storedNanos on the cache's clock
  /// @param ageSeconds what it was when it was stored
  record Entry(int status, String reason, String headers, Buffer body, boolean encoded, long storedNanos, long ageSeconds, Duration lifetime) {

    private int weight(Key key) {
      long bytes = ENTRY_OVERHEAD_BYTES + body.length() + 2L * (headers.length() + reason.length() + key.key().length());
      return (int) Math.min(Integer.MAX_VALUE, bytes);
    }
  }

  private ResponseCache(long bytesMax, Ticker ticker) {
    this.ticker = ticker;
    this.entryBytesMax = bytesMax / ENTRY_SHARE;
    this.entries = Caffeine.newBuilder()
        .maximumWeight(bytesMax)
        .weigher((Key key, Entry entry) -> entry.weight(key))
        .expireAfter(Expiry.writing((Key _, Entry entry) -> entry.lifetime()))
        .ticker(ticker)
        .executor(Runnable::run)
        .build();
  }

  /// The cache of this process, of [#DEFAULT_BYTES].
  public static ResponseCache ofNode() {
    return Node.CACHE;
  }

  /// A cache of its own. @param bytesMax at least 0, which keeps nothing
  public static ResponseCache of(long bytesMax) {
    return of(bytesMax, Ticker.systemTicker());
  }

  static ResponseCache of(long bytesMax, Ticker clock) {
    if (bytesMax < 0) {
      throw new IllegalArgumentException("response cache: " + bytesMax + " bytes – a size cannot be negative – use 0 to keep nothing");
    }
    return new ResponseCache(bytesMax, clock);
  }

  /// How long a body may be to be kept.
  long entryBytesMax() {
    return entryBytesMax;
  }

  long nanos() {
    return ticker.read();
  }

  Optional<Entry> get(Key key) {
    return Optional.ofNullable(entries.getIfPresent(key));
  }

  void put(Key key, Entry entry) {
    if (entry.body().length() > entryBytesMax || entry.lifetime().isZero()) {
      entries.invalidate(key);
    } else {
      entries.put(key, entry);
    }
  }

  /// @return whether there was one
  boolean remove(Key key) {
    return entries.asMap().remove(key) != null;
  }

  long ageSeconds(Entry entry) {
    return entry.ageSeconds() + Duration.ofNanos(ticker.read() - entry.storedNanos()).toSeconds();
  }
}
