package dev.tenon.echo;

import dev.tenon.bus.Failure;
import dev.tenon.service.Call;
import dev.tenon.service.Operations;
import dev.tenon.service.Problem;
import dev.tenon.service.Reply;
import dev.tenon.service.Service;
import dev.tenon.service.ServiceContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;

/// A service for the kit's tests, loaded as a node loads one.
public final class EchoService implements Service {

  /// @param startWith `ok`, `missing`, `extra`, `failing`
  record Settings(String startWith) {}

  private ServiceContext context;

  @Override
  public Future<Operations> start(ServiceContext given) {
    context = given;
    context.health("mood", () -> Future.succeededFuture("good"));
    return switch (context.settings(new Settings("ok")).startWith()) {
      case "missing" -> Future.succeededFuture(new Operations().on("echo", this::echo));
      case "extra" -> Future.succeededFuture(operations().on("sing", this::echo).on("dance", this::echo));
      case "failing" -> Future.failedFuture(new IllegalStateException("not today"));
      default -> Future.succeededFuture(operations());
    };
  }

  private Operations operations() {
    return new Operations().on("echo", this::echo).on("fail", this::fail).on("notes", this::notes);
  }

  private Future<Reply> echo(Call call) {
    return Future.succeededFuture(Reply.json(200, new JsonObject()
        .put("word", call.path("word"))
        .put("loud", call.query("loud").orElse("no"))
        .put("body", call.json())
        .put("caller", call.identity().map(caller -> caller.subject()).orElse("nobody"))
        .put("thread", Thread.currentThread().getName())
        .put("loader", getClass().getClassLoader().getName())));
  }

  private Future<Reply> fail(Call call) {
    return switch (call.path("how")) {
      case "problem" -> Future.failedFuture(new Problem(418, "urn:echo:teapot", "Teapot", "I am a teapot.").withHeader("x-tea", "green"));
      case "failure" -> Future.failedFuture(new Failure(Failure.Code.OVERLOADED, "too much"));
      case "throw" -> throw new IllegalStateException("a secret of the inside");
      case "never" -> Promise.<Reply>promise().future();
      default -> Future.failedFuture("unknown");
    };
  }

  private Future<Reply> notes(Call call) {
    return context.database().query("SELECT count(*) FROM note").execute()
        .map(rows -> Reply.json(200, new JsonObject().put("count", rows.iterator().next().getLong(0))));
  }
}
