package dev.tenon.bindings.ai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BgeSmallEnTest {

  private static BgeSmallEn model;

  @BeforeAll
  static void load() {
    model = new BgeSmallEn(2);
  }

  @AfterAll
  static void close() throws Exception {
    await(model.close());
  }

  /// Qdrant's fastembed checks its own port of the model with these numbers (CLS pooling).
  @Test
  void agreesWithFastembed() throws Exception {
    double[] vector = embed("hello world", "cls");
    assertArrayEquals(new double[] {0.01522374, -0.02271799, 0.00860278, -0.07424029, 0.00386434}, first(5, vector), 0.006);
  }

  /// What Cloudflare's own Workers AI answered, as the documentation of LlamaIndex and of LangChain shows it (mean pooling).
  @Test
  void agreesWithWorkersAi() throws Exception {
    assertArrayEquals(new double[] {-0.04786296561360359, -0.030788540840148926, -0.07126234471797943, -0.04107927531003952, 0.02904760278761387},
        first(5, embed("Why sky is blue", "mean")), 0.012);
    assertArrayEquals(new double[] {-0.033660888671875, 0.039764404296875, 0.03558349609375}, first(3, embed("test", "mean")), 0.012);
  }

  @Test
  void vectorsHaveLengthOne() throws Exception {
    for (String text : List.of("a", "The quick brown fox.", "word ".repeat(1000), "😀", "東京")) {
      for (String pooling : List.of("mean", "cls")) {
        double[] vector = embed(text, pooling);
        assertEquals(384, vector.length);
        assertEquals(1, cosine(vector, vector), 1e-5);
      }
    }
  }

  @Test
  void nearMeaningsAreNearerThanFarOnes() throws Exception {
    List<List<String>> triples = List.of(
        List.of("How do I reset my password?", "I forgot my login credentials.", "The soup needs more salt."),
        List.of("The cat sat on the mat.", "A kitten is resting on a rug.", "Interest rates rose by half a percent."),
        List.of("The battery was empty after an hour.", "The device does not hold its charge.", "We walked along the river."));
    for (List<String> triple : triples) {
      double[] anchor = embed(triple.get(0), "mean");
      double near = cosine(anchor, embed(triple.get(1), "mean"));
      double far = cosine(anchor, embed(triple.get(2), "mean"));
      assertTrue(near > far + 0.1, triple + ": " + near + " and " + far);
    }
  }

  @Test
  void aTextHasTheSameVectorAloneAndAmongOthers() throws Exception {
    JsonObject several = run(new JsonObject().put("text", new JsonArray().add("one").add("a much longer text about other things").add("two")));
    assertEquals(new JsonArray().add(3).add(384), several.getJsonArray("shape"));
    assertEquals("mean", several.getString("pooling"));
    assertEquals(run(new JsonObject().put("text", "two")).getJsonArray("data").getJsonArray(0), several.getJsonArray("data").getJsonArray(2));
  }

  @Test
  void poolingsDiffer() throws Exception {
    assertTrue(cosine(embed("hello world", "cls"), embed("hello world", "mean")) < 0.999);
  }

  @Test
  void wrongInputsAreNamed() {
    checkRefused("{}", "5006: Error: required properties at '/' are 'text'");
    checkRefused("{\"text\":\"\"}", "5006: Error: '/text' has to be a string that is not empty, or an array of such");
    checkRefused("{\"text\":7}", "5006: Error: '/text' has to be a string that is not empty, or an array of such");
    checkRefused("{\"text\":[]}", "5006: Error: '/text' has 0 items and may have 1 to 100");
    checkRefused("{\"text\":[\"a\",\"\"]}", "5006: Error: '/text/1' has to be a string that is not empty");
    checkRefused("{\"text\":[\"a\",null]}", "5006: Error: '/text/1' has to be a string that is not empty");
    checkRefused("{\"text\":\"a\",\"pooling\":\"max\"}", "5006: Error: '/pooling' has to be one of 'mean', 'cls'");
    checkRefused("{\"text\":\"a\",\"pooling\":1}", "5006: Error: '/pooling' has to be one of 'mean', 'cls'");
    String many = new JsonArray(IntStream.range(0, 101).mapToObj(i -> "x").toList()).encode();
    checkRefused("{\"text\":" + many + "}", "5006: Error: '/text' has 101 items and may have 1 to 100");
  }

  @Test
  void nothingIsDoneForACallerWhoLeft() {
    ExchangeContext context = context();
    context.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "gone"));
    Future<AiAnswer> answer = model.run(new AiRequest(BgeSmallEn.MODEL, new JsonObject().put("text", "a"), new JsonObject(), context));
    assertEquals("3046: Request timeout", assertThrows(AiException.class, () -> await(answer)).getMessage());
  }

  @Test
  void moreThanCanWaitIsRefusedAtOnce() throws Exception {
    BgeSmallEn narrow = new BgeSmallEn(1);
    try {
      await(narrow.ready());
      JsonObject hundred = new JsonObject().put("text", new JsonArray(IntStream.range(0, 100).mapToObj(i -> "a text that takes a moment " + i).toList()));
      ExchangeContext context = context();
      List<Future<AiAnswer>> answers = IntStream.range(0, 40).mapToObj(i -> narrow.run(new AiRequest(BgeSmallEn.MODEL, hundred, new JsonObject(), context))).toList();
      List<String> refusals = answers.stream().filter(Future::failed).map(answer -> answer.cause().getMessage()).distinct().toList();
      assertEquals(List.of("3040: Capacity temporarily exceeded, please try again."), refusals);
      assertFalse(answers.getFirst().failed());
      context.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "gone"));
    } finally {
      await(narrow.close());
    }
  }

  private static void checkRefused(String inputs, String message) {
    AiException refusal = assertThrows(AiException.class, () -> run(new JsonObject(inputs)));
    assertEquals(message, refusal.getMessage());
  }

  private static double[] embed(String text, String pooling) throws Exception {
    JsonArray vector = run(new JsonObject().put("text", text).put("pooling", pooling)).getJsonArray("data").getJsonArray(0);
    return IntStream.range(0, vector.size()).mapToDouble(vector::getDouble).toArray();
  }

  private static JsonObject run(JsonObject inputs) throws Exception {
    AiAnswer answer = await(model.run(new AiRequest(BgeSmallEn.MODEL, inputs, new JsonObject(), context())));
    return new JsonObject(((AiAnswer.Value) answer).json());
  }

  private static ExchangeContext context() {
    return ExchangeContext.start(Deadline.after(Duration.ofMinutes(1)));
  }

  private static double[] first(int count, double[] vector) {
    return java.util.Arrays.copyOf(vector, count);
  }

  private static double cosine(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
