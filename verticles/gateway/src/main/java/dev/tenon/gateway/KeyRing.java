package dev.tenon.gateway;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.bus.identity.TokenRules;
import dev.tenon.bus.identity.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that tokens are checked with, fetched from the component that signs them. One for all event loops; thread-safe.
///
/// Without a key set there is no verifier, and nothing gets through. A set that was fetched stays until another one that is usable takes its place.
final class KeyRing {

  static final Duration REFRESH_EVERY = Duration.ofMinutes(5);
  static final Duration UNKNOWN_KEY_REFRESH_MIN = Duration.ofSeconds(10);
  static final Duration FIRST_FETCH_RETRY_MIN = Duration.ofSeconds(1);
  private static final Duration FETCH_MAX = Duration.ofSeconds(5);
  private static final int KEY_SET_BYTES_MAX = 64 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

  private final ExchangeBus bus;
  private final TokenRules rules;
  private final String component;
  private final String path;
  private volatile TokenVerifier verifier;
  private volatile String lastFailure = "";
  private Future<Void> fetching;
  private long fetchedAt;
  private boolean fetchedOnce;

  KeyRing(ExchangeBus bus, TokenRules rules, String component, String path) {
    this.bus = bus;
    this.rules = rules;
    this.component = component;
    this.path = path;
  }

  /// The verifier, once there are keys.
  Optional<TokenVerifier> verifier() {
    return Optional.ofNullable(verifier);
  }

  /// Fetches the keys, unless that is under way or was tried too shortly ago. Completes when the keys are as fresh as they will be now; never fails.
  Future<Void> refresh() {
    Duration pause = verifier == null ? FIRST_FETCH_RETRY_MIN : UNKNOWN_KEY_REFRESH_MIN;
    synchronized (this) {
      if (fetching != null) {
        return fetching;
      }
      if (fetchedOnce && System.nanoTime() - fetchedAt < pause.toNanos()) {
        return Future.succeededFuture();
      }
    }
    return fetch();
  }

  /// Called every second: asks again until there are keys, and from then on every [#REFRESH_EVERY].
  void tick() {
    boolean due;
    synchronized (this) {
      due = fetching == null && (verifier == null || System.nanoTime() - fetchedAt >= REFRESH_EVERY.toNanos());
    }
    if (due) {
      fetch();
    }
  }

  /// Fetches the keys now.
  Future<Void> fetch() {
    Future<ExchangeResponse> call;
    try {
      call = bus.call(component, request());
    } catch (RuntimeException e) {
      call = Future.failedFuture(e);
    }
    Future<Void> done = call.compose(this::read).map(this::use).recover(this::keep);
    synchronized (this) {
      fetching = done.isComplete() ? null : done;
      fetchedOnce = true;
      fetchedAt = System.nanoTime();
    }
    return done.onComplete(result -> {
      synchronized (this) {
        fetching = null;
      }
    });
  }

  private ExchangeRequest request() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("accept", "application/json");
    return new ExchangeRequest("GET", "http", component, path, headers, Body.EMPTY, ExchangeContext.start(Deadline.after(FETCH_MAX)));
  }

  private Future<Buffer> read(ExchangeResponse answer) {
    return answer.status() == 200
        ? answer.body().collect(KEY_SET_BYTES_MAX)
        : Future.failedFuture(new Failure(Failure.Code.COMPONENT_FAILED, "the key set was answered with status " + answer.status()));
  }

  private Void use(Buffer text) {
    JsonObject keys = text.toJsonObject();
    lastFailure = "";
    TokenVerifier known = verifier;
    if (known == null) {
      verifier = TokenVerifier.of(rules, keys);
      LOG.info("tokens are checked with the keys of \"{}\" now", component);
    } else {
      known.replaceKeys(keys);
    }
    return null;
  }

  private Future<Void> keep(Throwable why) {
    String rest = verifier == null ? "no request with a token is served until they are there" : "the ones known so far stay";
    String message = String.valueOf(why.getMessage());
    if (!message.equals(lastFailure)) {
      lastFailure = message;
      LOG.warn("the keys of \"{}\" could not be fetched – {}: {}", component, rest, message);
    }
    return Future.succeededFuture();
  }
}
