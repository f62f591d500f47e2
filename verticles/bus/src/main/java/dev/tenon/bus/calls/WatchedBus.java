package dev.tenon.bus.calls;

import dev.tenon.bus.Caller;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.contract.component.Consumed;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bus as one version of a component sees it.
///
/// Invariants: everything that the component sends to another goes through [#call]; each call looks its operation up once; for a kind of call that was made before nothing is
/// allocated but the segments of its path and the context that names the caller.
final class WatchedBus implements ExchangeBus {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedBus.class);

  /// A service may make names up; beyond this many they are looked at without being remembered.
  private static final int CALLEES_MAX = 1_000;

  private final String component;
  private final Map<String, Consumed> consumes;
  private final ExchangeBus bus;
  private final CallWatch watch;
  private final Map<String, Callee> callees = new ConcurrentHashMap<>();

  WatchedBus(String component, Map<String, Consumed> consumes, ExchangeBus bus, CallWatch watch) {
    this.component = component;
    this.consumes = Map.copyOf(consumes);
    this.bus = bus;
    this.watch = watch;
  }

  /// What is known of one kind of call.
  private final class Verdict {

    private final Caller caller;
    private final CallWatch.Kind kind;
    private final String sentence;
    private volatile LongAdder count;

    Verdict(Caller caller, CallWatch.Kind kind, String sentence) {
      this.caller = caller;
      this.kind = kind;
      this.sentence = sentence;
    }

    void count() {
      if (count == null) {
        first();
      }
      count.increment();
    }

    private synchronized void first() {
      if (count == null) {
        if (!kind.declared() && watch.policy() == CallPolicy.COUNT) {
          LOG.warn("{}", sentence);
        }
        count = watch.counter(kind);
      }
    }
  }

  /// A component that is called. Beside its own name it may have others on the bus, `name/…`, for what no contract describes.
  private final class Callee {

    private final String name;
    private final OperationFinder operations;
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
    private final Verdict nothingOfTheContract;

    Callee(String address) {
      int slash = address.indexOf('/');
      name = slash < 0 ? address : address.substring(0, slash);
      operations = slash < 0 ? watch.operationsOf(name) : null;
      Consumed consumed = consumes.get(name);
      // Where there is a contract, a path that it does not have is declared by consuming the component as a whole only.
      nothingOfTheContract = name.equals(component) ? null
          : verdict("", consumed != null && (operations == null || consumed.operations().isEmpty()), operations == null ? name : name + " where its contract has no operation");
    }

    boolean isTheCaller() {
      return nothingOfTheContract == null;
    }

    Verdict of(ExchangeRequest request) {
      String operation = operations == null ? null : operations.find(request.method(), request.target());
      if (operation == null) {
        return nothingOfTheContract;
      }
      Verdict known = verdicts.get(operation);
      return known != null ? known : verdicts.computeIfAbsent(operation, this::ofOperation);
    }

    private Verdict ofOperation(String operation) {
      Consumed consumed = consumes.get(name);
      return verdict(operation, consumed != null && consumed.allows(operation), name + " " + operation);
    }

    private Verdict verdict(String operation, boolean declared, String what) {
      return new Verdict(new Caller(component, operation), new CallWatch.Kind(component, name, operation, declared),
          "component " + component + " – calls " + what + ", which its component.yaml does not declare – add it under consumes");
    }
  }

  @Override
  public Future<ExchangeResponse> call(String address, ExchangeRequest request) {
    Callee callee = callees.get(address);
    if (callee == null) {
      callee = callees.size() < CALLEES_MAX ? callees.computeIfAbsent(address, Callee::new) : new Callee(address);
    }
    if (callee.isTheCaller()) {
      return bus.call(address, request);
    }
    Verdict verdict = callee.of(request);
    verdict.count();
    if (!verdict.kind.declared() && watch.policy() == CallPolicy.REFUSE) {
      return Future.failedFuture(new Failure(Failure.Code.REFUSED, verdict.sentence));
    }
    return bus.call(address, request.withContext(request.context().withCaller(verdict.caller)));
  }

  @Override
  public Future<Served> serve(String name, String version, ExchangeHandler handler) {
    return bus.serve(name, version, handler);
  }

  @Override
  public Future<Served> serve(String name, String version, int inFlightMax, ExchangeHandler handler) {
    return bus.serve(name, version, inFlightMax, handler);
  }
}
