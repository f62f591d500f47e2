package example;

import dev.tenon.gateway.ListenerOptions;
import dev.tenon.gateway.PlainEdge;
import dev.tenon.worker.Binding;
import dev.tenon.worker.LoadOptions;
import dev.tenon.worker.WorkerVerticle;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;

/// An application with a worker inside: the worker gets a binding of the application's own, and is called over HTTP and over the event bus.
public final class Shop extends VerticleBase {

  /// What the worker sees as `env.STOCK`.
  private static final String STOCK = """
      (host) => ({
        async count(article) {
          const { json } = await host.call('count', JSON.stringify(article));
          return JSON.parse(json);
        },
      })""";

  private final Map<String, Integer> stock = Map.of("teapot", 3);
  private final Path worker;

  public Shop(Path worker) {
    this.worker = worker;
  }

  @Override
  public Future<?> start() {
    Binding binding = new Binding.Custom(STOCK, call -> Future.succeededFuture(Binding.Reply.json(count(call.json()))));
    WorkerVerticle shop = WorkerVerticle.of(worker, LoadOptions.DEFAULT.withBinding("STOCK", binding));
    return vertx.deployVerticle(shop)
        .compose(_ -> PlainEdge.listen(vertx, ListenerOptions.of(0), shop.worker()))
        .onSuccess(edge -> System.out.println("http://127.0.0.1:" + edge.port()))
        .compose(_ -> vertx.eventBus().<JsonObject>request("worker:shop", "/teapot"))
        .onSuccess(reply -> System.out.println(reply.body().getInteger("status") + " " + reply.body().getString("body")));
  }

  private String count(String json) {
    return Json.encode(stock.get((String) Json.decodeValue(json)));
  }

  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    vertx.deployVerticle(new Shop(Path.of(arguments[0]))).onFailure(failure -> {
      System.err.println(failure.getMessage());
      vertx.close();
    });
  }
}
