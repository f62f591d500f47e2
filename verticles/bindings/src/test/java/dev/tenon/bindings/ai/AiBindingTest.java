package dev.tenon.bindings.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.worker.Binding;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AiBindingTest {

  private final AiBinding binding = new AiBinding(new AiModels(List.of(
      new AiModels.Entry("@cf/test/one", provider("one")), new AiModels.Entry("@cf/test/*", provider("any")))));

  @Test
  void onlyTheAiBindingIsProvided() {
    assertTrue(binding.provide("kv_namespaces", "KV", new JsonObject()).isEmpty());
    assertTrue(binding.provide("ai", "AI", new JsonObject().put("binding", "AI")).orElseThrow() instanceof Binding.Custom);
  }

  @Test
  void theFirstPatternThatFitsServesTheModel() {
    assertEquals("\"one: {\\\"text\\\":\\\"a\\\"}\"", call("{\"model\":\"@cf/test/one\",\"inputs\":{\"text\":\"a\"},\"options\":{}}").result().json());
    assertEquals("\"any: {}\"", call("{\"model\":\"@cf/test/two\",\"inputs\":{},\"options\":{}}").result().json());
  }

  @Test
  void anUnknownModelAndWrongInputsAreRefusedInWorkersAisWords() {
    assertEquals("5007: No such model @cf/none or task", call("{\"model\":\"@cf/none\",\"inputs\":{},\"options\":{}}").cause().getMessage());
    assertEquals("5006: Error: the inputs are not an object", call("{\"model\":\"@cf/test/one\",\"inputs\":[],\"options\":{}}").cause().getMessage());
    String large = "{\"model\":\"@cf/test/one\",\"inputs\":{\"text\":\"" + "x".repeat(AiBinding.REQUEST_CHARACTERS_MAX) + "\"}}";
    assertEquals("5006: Error: the request has more than 4194304 characters", call(large).cause().getMessage());
  }

  @Test
  void theAnswerArrivesOnTheCallersContext(Vertx vertx, VertxTestContext test) {
    Promise<AiAnswer> late = Promise.promise();
    AiBinding slow = new AiBinding(new AiModels(List.of(new AiModels.Entry("*", new Answering(request -> late.future())))));
    Context context = vertx.getOrCreateContext();
    context.runOnContext(none -> {
      call(slow, "{\"model\":\"m\",\"inputs\":{},\"options\":{}}").onComplete(test.succeeding(reply -> test.verify(() -> {
        assertSame(context, Vertx.currentContext());
        test.completeNow();
      })));
      Thread.ofPlatform().start(() -> late.complete(new AiAnswer.Value("1")));
    });
  }

  private Future<Binding.Reply> call(String json) {
    return call(binding, json);
  }

  private static Future<Binding.Reply> call(AiBinding binding, String json) {
    Binding.Custom custom = (Binding.Custom) binding.provide("ai", "AI", new JsonObject()).orElseThrow();
    return custom.capability().call(new Binding.Call("run", json, Optional.empty(), ExchangeContext.start(Deadline.after(Duration.ofSeconds(5)))));
  }

  private static AiProvider provider(String name) {
    return new Answering(request -> Future.succeededFuture(new AiAnswer.Value(new io.vertx.core.json.JsonArray().add(name + ": " + request.inputs().encode()).encode().replaceAll("^\\[|]$", ""))));
  }

  private record Answering(java.util.function.Function<AiRequest, Future<AiAnswer>> answer) implements AiProvider {

    @Override
    public Future<AiAnswer> run(AiRequest request) {
      return answer.apply(request);
    }

    @Override
    public Future<Void> ready() {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
