package dev.tenon.worker;

import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Functions and objects that isolates of this process have given to other isolates: who has them, and how they are called. Thread-safe.
///
/// An isolate has a name from when it first gives something away until it ends; a name from another process is not known here.
final class GivenAway {

  private static final Map<String, Isolate> ISOLATES = new ConcurrentHashMap<>();

  /// This process, as the others see it in method calls and their answers.
  static final String PROCESS = UUID.randomUUID().toString();

  private GivenAway() {}

  /// A new isolate's name.
  static String enter(Isolate isolate) {
    String name = UUID.randomUUID().toString();
    ISOLATES.put(name, isolate);
    return name;
  }

  static void leave(String name) {
    ISOLATES.remove(name);
  }

  static boolean isKnown(String name) {
    return ISOLATES.containsKey(name);
  }

  /// Calls something that an isolate has given away. The future is completed on whatever thread.
  static Future<RpcMessage> call(String name, long given, RpcMessage message, ExchangeContext context) {
    Isolate isolate = ISOLATES.get(name);
    if (isolate == null) {
      return Future.failedFuture(new Failure(Failure.Code.NOBODY_THERE, "The RPC stub leads to an isolate that has ended."));
    }
    Promise<RpcMessage> reply = Promise.promise();
    isolate.owner().runOnContext(_ -> isolate.rpc(RpcEvent.onGiven(isolate, context, given, message)).onComplete(reply));
    return reply.future();
  }

  /// One more, or one fewer, stub leads to it.
  static void count(String name, long given, int change) {
    Isolate isolate = ISOLATES.get(name);
    if (isolate != null) {
      isolate.owner().runOnContext(_ -> isolate.countGiven(given, change));
    }
  }
}
