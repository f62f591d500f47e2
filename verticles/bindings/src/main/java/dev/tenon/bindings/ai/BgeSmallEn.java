package dev.tenon.bindings.ai;

import ai.onnxruntime.OrtException;
import dev.tenon.bus.ExchangeContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// BAAI's bge-small-en-v1.5 in this process: English text to vectors of 384 numbers, on the CPU, without network.
///
/// Takes and gives what Workers AI does for the model of this name. The model is loaded in the background from the moment this is made.
public final class BgeSmallEn implements AiProvider {

  /// The name that workers know it by.
  public static final String MODEL = "@cf/baai/bge-small-en-v1.5";

  /// Texts of one request, as in Workers AI.
  static final int TEXTS_MAX = 100;

  /// Texts of all requests that wait for a thread.
  static final int WAITING_MAX = 2_000;

  private static final int DIMENSIONS = 384;
  private static final Logger log = LoggerFactory.getLogger(BgeSmallEn.class);

  private final ThreadPoolExecutor threads;
  private final Future<BertEncoder> encoder;

  /// @param parallelism how many texts are worked on at the same time, each by one thread
  public BgeSmallEn(int parallelism) {
    threads = new ThreadPoolExecutor(parallelism, parallelism, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_MAX), named());
    Promise<BertEncoder> loaded = Promise.promise();
    threads.execute(() -> load(loaded));
    encoder = loaded.future();
  }

  /// With half of the processors, so that requests that need none of this are served meanwhile.
  public static BgeSmallEn withHalfOfTheProcessors() {
    return new BgeSmallEn(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  @Override
  public Future<AiAnswer> run(AiRequest request) {
    List<String> texts;
    BertEncoder.Pooling pooling;
    try {
      texts = texts(request.inputs());
      pooling = pooling(request.inputs());
    } catch (AiException e) {
      return Future.failedFuture(e);
    }
    return encoder
        .recover(cause -> Future.failedFuture(AiException.failed("the model could not be loaded")))
        .compose(ready -> encodeAll(ready, texts, pooling, request.context()))
        .map(vectors -> new AiAnswer.Value(json(vectors, pooling)));
  }

  @Override
  public Future<Void> ready() {
    return encoder.mapEmpty();
  }

  /// Texts in work are finished, those that wait are dropped.
  @Override
  public Future<Void> close() {
    threads.shutdownNow();
    Promise<Void> closed = Promise.promise();
    Thread.ofVirtual().name("bge-close").start(() -> {
      try {
        threads.awaitTermination(10, TimeUnit.SECONDS);
        if (encoder.succeeded() && threads.isTerminated()) {
          encoder.result().close();
        }
      } catch (OrtException e) {
        log.warn("bge-small-en-v1.5 – the model could not be closed – its memory is kept until the process ends", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      closed.complete();
    });
    return closed.future();
  }

  private static void load(Promise<BertEncoder> loaded) {
    try {
      loaded.complete(new BertEncoder("bge-small-en-v1.5-q.onnx", "bge-small-en-v1.5-q-tokenizer.json"));
    } catch (OrtException | RuntimeException | LinkageError e) {
      log.error("bge-small-en-v1.5 – the model could not be loaded – workers' calls of it fail; check that ONNX Runtime has a library for this machine", e);
      loaded.fail(e);
    }
  }

  private Future<List<float[]>> encodeAll(BertEncoder ready, List<String> texts, BertEncoder.Pooling pooling, ExchangeContext context) {
    if (threads.getQueue().remainingCapacity() < texts.size()) {
      return Future.failedFuture(AiException.overCapacity());
    }
    List<Future<float[]>> vectors = new ArrayList<>(texts.size());
    for (String text : texts) {
      Promise<float[]> vector = Promise.promise();
      try {
        threads.execute(() -> encode(ready, text, pooling, context, vector));
      } catch (RejectedExecutionException e) {
        return Future.failedFuture(AiException.overCapacity());
      }
      vectors.add(vector.future());
    }
    return Future.all(vectors).map(all -> vectors.stream().map(Future::result).toList());
  }

  private static void encode(BertEncoder ready, String text, BertEncoder.Pooling pooling, ExchangeContext context, Promise<float[]> vector) {
    if (context.cancellation().reason().isPresent() || context.deadline().passed()) {
      vector.fail(AiException.timedOut());
      return;
    }
    try {
      vector.complete(ready.encode(text, pooling));
    } catch (OrtException | RuntimeException e) {
      log.error("bge-small-en-v1.5 – a text of {} characters could not be embedded", text.length(), e);
      vector.tryFail(AiException.failed("the text could not be embedded"));
    }
  }

  private static List<String> texts(JsonObject inputs) {
    Object text = inputs.getValue("text");
    if (text instanceof String one && !one.isEmpty()) {
      return List.of(one);
    }
    if (!(text instanceof JsonArray several)) {
      throw AiException.badInput(text == null ? "required properties at '/' are 'text'" : "'/text' has to be a string that is not empty, or an array of such");
    }
    if (several.isEmpty() || several.size() > TEXTS_MAX) {
      throw AiException.badInput("'/text' has " + several.size() + " items and may have 1 to " + TEXTS_MAX);
    }
    List<String> texts = new ArrayList<>(several.size());
    for (int i = 0; i < several.size(); i++) {
      if (!(several.getValue(i) instanceof String one) || one.isEmpty()) {
        throw AiException.badInput("'/text/" + i + "' has to be a string that is not empty");
      }
      texts.add(one);
    }
    return texts;
  }

  private static BertEncoder.Pooling pooling(JsonObject inputs) {
    Object pooling = inputs.getValue("pooling", "mean");
    return switch (pooling instanceof String name ? name : "") {
      case "mean" -> BertEncoder.Pooling.MEAN;
      case "cls" -> BertEncoder.Pooling.CLS;
      default -> throw AiException.badInput("'/pooling' has to be one of 'mean', 'cls'");
    };
  }

  /// Written by hand: a number as the shortest that is the same 32-bit float.
  private static String json(List<float[]> vectors, BertEncoder.Pooling pooling) {
    StringBuilder json = new StringBuilder(64 + vectors.size() * DIMENSIONS * 13);
    json.append("{\"shape\":[").append(vectors.size()).append(',').append(DIMENSIONS).append("],\"data\":[");
    for (int v = 0; v < vectors.size(); v++) {
      json.append(v == 0 ? "[" : ",[");
      float[] vector = vectors.get(v);
      for (int i = 0; i < vector.length; i++) {
        if (i > 0) {
          json.append(',');
        }
        json.append(vector[i]);
      }
      json.append(']');
    }
    return json.append("],\"pooling\":\"").append(pooling == BertEncoder.Pooling.MEAN ? "mean" : "cls").append("\"}").toString();
  }

  private static ThreadFactory named() {
    return Thread.ofPlatform().name("bge-small-en-", 0).daemon().factory();
  }
}
