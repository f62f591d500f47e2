package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;

/// A bus of this thread only: components are functions.
record FakeBus(Map<String, Fetcher> components) implements ExchangeBus {

  @Override
  public Future<ExchangeResponse> call(String component, ExchangeRequest request) {
    Fetcher behind = components.get(component);
    return behind == null
        ? Future.failedFuture(new Failure(Failure.Code.NOBODY_THERE, "nobody serves " + component))
        : behind.fetch(request);
  }

  @Override
  public Future<Served> serve(String component, String version, ExchangeHandler handler) {
    return serve(component, version, Integer.MAX_VALUE, handler);
  }

  @Override
  public Future<Served> serve(String component, String version, int inFlightMax, ExchangeHandler handler) {
    components.put(component, handler::handle);
    return Future.succeededFuture(new Served() {
      @Override
      public int inFlight() {
        return 0;
      }

      @Override
      public Future<Void> close(Duration drain) {
        components.remove(component);
        return Future.succeededFuture();
      }
    });
  }
}
