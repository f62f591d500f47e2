package dev.tenon.bindings.ai;

import dev.tenon.worker.Binding;
import dev.tenon.worker.BindingProvider;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Gives workers wrangler's `[ai]` binding.
public final class AiBinding implements BindingProvider {

  /// Characters of a request's inputs and options together.
  static final int REQUEST_CHARACTERS_MAX = 4 << 20;

  private static final String SCRIPT = script();

  private final AiModels models;

  public AiBinding(AiModels models) {
    this.models = models;
  }

  @Override
  public Optional<Binding> provide(String kind, String name, JsonObject config) {
    return kind.equals("ai") ? Optional.of(new Binding.Custom(SCRIPT, this::call)) : Optional.empty();
  }

  private Future<Binding.Reply> call(Binding.Call call) {
    if (call.json().length() > REQUEST_CHARACTERS_MAX) {
      return Future.failedFuture(AiException.badInput("the request has more than " + REQUEST_CHARACTERS_MAX + " characters"));
    }
    AiRequest request;
    try {
      JsonObject json = new JsonObject(call.json());
      request = new AiRequest(json.getString("model"), json.getJsonObject("inputs"), json.getJsonObject("options"), call.context());
    } catch (DecodeException | ClassCastException e) {
      return Future.failedFuture(AiException.badInput("the inputs are not an object"));
    }
    return models.find(request.model())
        .map(provider -> here(provider.run(request).map(AiBinding::reply)))
        .orElseGet(() -> Future.failedFuture(AiException.unknownModel(request.model())));
  }

  /// The same future, completed on the Vert.x context of the caller where there is one.
  private static <T> Future<T> here(Future<T> future) {
    Context context = Vertx.currentContext();
    if (context == null || future.isComplete()) {
      return future;
    }
    Promise<T> promise = Promise.promise();
    future.onComplete(result -> context.runOnContext(none -> promise.handle(result)));
    return promise.future();
  }

  private static Binding.Reply reply(AiAnswer answer) {
    return switch (answer) {
      case AiAnswer.Value value -> Binding.Reply.json(value.json());
      case AiAnswer.Events events -> new Binding.Reply("null", Optional.empty(), Optional.of(events.stream()));
    };
  }

  private static String script() {
    try (InputStream in = AiBinding.class.getResourceAsStream("ai.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
