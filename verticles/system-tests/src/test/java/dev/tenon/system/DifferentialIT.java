package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bindings.ai.AiBinding;
import dev.tenon.bindings.ai.AiModels;
import dev.tenon.system.PlainHttp.Request;
import dev.tenon.system.PlainHttp.Response;
import dev.tenon.worker.LoadOptions;
import dev.tenon.worker.WorkerDefinition;
import dev.tenon.worker.WorkerLoader;
import io.vertx.core.json.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The reference workers, unchanged, on our runtime and on workerd: the same request gets the same answer, byte for byte.
class DifferentialIT {

  /// Headers that belong to a connection, or to the moment.
  private static final Set<String> TRANSPORT = Set.of("date", "connection", "keep-alive", "transfer-encoding");

  private static final Path FOLDER = Path.of("target", "differential").toAbsolutePath();

  private static Workerd imageOnWorkerd;
  private static Workerd aiOnWorkerd;
  private static LocalWorker imageHere;
  private static LocalWorker aiHere;

  @BeforeAll
  static void startBoth() throws IOException {
    WorkerDefinition auth = standIn("auth");
    WorkerDefinition image = worker("image-worker");
    imageOnWorkerd = Workerd.start(FOLDER, List.of(
        new Workerd.Service("image-worker", image, Map.of("AUTH", "service = \"auth\"")), new Workerd.Service("auth", auth, Map.of())));
    imageHere = LocalWorker.start(List.of(image, auth));

    WorkerDefinition ai = worker("ai-worker");
    String wrapped = "wrapped = (moduleName = \"cloudflare-internal:ai-api\", innerBindings = [ (name = \"fetcher\", service = \"ai\") ])";
    aiOnWorkerd = Workerd.start(FOLDER, List.of(
        new Workerd.Service("ai-worker", ai, Map.of("AI", wrapped)), new Workerd.Service("ai", standIn("ai"), Map.of())));
    aiHere = LocalWorker.start(List.of(ai));
  }

  @AfterAll
  static void stopBoth() {
    for (AutoCloseable open : Arrays.asList(imageOnWorkerd, aiOnWorkerd, imageHere, aiHere)) {
      try {
        if (open != null) {
          open.close();
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> theImageWorkerAnswersTheSame() {
    BufferedImage photo = TestImages.photo(130, 90, BufferedImage.TYPE_INT_RGB);
    byte[] jpeg = TestImages.jpeg(photo);
    byte[] progressive = TestImages.progressiveJpeg(photo);
    byte[] grey = TestImages.jpeg(TestImages.photo(40, 40, BufferedImage.TYPE_BYTE_GRAY));
    byte[] png = TestImages.png(photo);
    byte[] glass = TestImages.png(glass(45, 30));
    byte[] text = "this is no image".getBytes(StandardCharsets.UTF_8);

    List<Request> requests = new ArrayList<>();
    for (String path : List.of("info", "resize?width=60", "convert?format=jpeg", "convert?format=png", "convert?format=webp")) {
      requests.add(image(path, "jpeg", jpeg));
      requests.add(image(path, "jpeg", progressive));
      requests.add(image(path, "jpeg", grey));
      requests.add(image(path, "png", png));
      requests.add(image(path, "png", glass));
      requests.add(image(path, "jpeg", text));
      requests.add(image(path, "jpeg", new byte[0]));
      requests.add(image(path, "png", jpeg));
      requests.add(image(path, "gif", jpeg));
      requests.add(image(path, "jpeg", Arrays.copyOf(jpeg, jpeg.length / 2)));
      requests.add(image(path, "png", Arrays.copyOf(png, png.length / 2)));
      requests.add(image(path, "jpeg", Arrays.copyOf(jpeg, 20)));
    }
    for (String query : List.of(
        "width=30&height=20", "width=40&height=40", "width=40&height=40&fit=cover", "width=40&height=40&fit=contain", "width=40&height=40&fit=fill",
        "height=300", "width=1&height=1", "width=60&quality=1", "width=60&quality=100", "width=60&format=png", "width=60&format=webp&quality=50",
        "", "width=0", "width=10001", "width=a", "width=5&width=6", "width=5&fit=round", "width=5&format=gif", "width=5&quality=0", "width=5&colour=red",
        "width=9999&height=9999", "width=%31%30", "width=+5", "width=5&&", "%77idth=7", "width=5%")) {
      requests.add(image("resize?" + query, "jpeg", jpeg));
    }
    for (String authorization : List.of("Bearer tiny", "Bearer broken", "Bearer down", "Bearer unknown", "Basic x")) {
      requests.add(new Request("POST", "/image/info", List.of("Authorization: " + authorization, "Content-Type: image/jpeg"), jpeg));
    }
    requests.add(new Request("POST", "/image/info", List.of("Content-Type: image/jpeg"), jpeg));
    requests.add(new Request("POST", "/image/info", List.of("Authorization: Bearer free"), jpeg));
    requests.add(new Request("POST", "/image/info", List.of("Authorization: Bearer free", "Content-Type: Image/JPEG; q=1"), jpeg));
    requests.addAll(otherMethodsAndPaths("/image/resize?width=5", "/image", "/image/", "/image/info/", "/", "/image/nothing?x=%20y"));
    return requests.stream().map(request -> same(request, imageOnWorkerd, imageHere));
  }

  @TestFactory
  Stream<DynamicTest> theAiWorkerAnswersTheSame() {
    String article = """
        The tower was built in 1886 by Dr. H. L. Marsh. It stands on a cape. Ships could see it at 18.5 miles! Who keeps it now? A group of volunteers \
        replaced the lamp. "It needs less current than a kettle," they say. Three other towns have followed… The rivets are the weak point.

        Zwölf Boxkämpfer jagen Viktor. 今日は雨です。明日は晴れ！ The end is near, and the end is quiet.""";
    List<Request> requests = new ArrayList<>();
    requests.add(json("/ai/embed", "{\"text\":\"hello\"}"));
    requests.add(json("/ai/embed", "{\"texts\":[\"hello\",\"wörld 😀\",\"x\"]}"));
    requests.add(json("/ai/embed", "{\"text\":\"overload\"}"));
    requests.add(json("/ai/classify", "{\"text\":\"The battery was empty.\",\"labels\":[\"complaint\",\"praise\",\"question\"]}"));
    requests.add(json("/ai/classify", "{\"text\":\"x\",\"labels\":[\"one\"]}"));
    for (String path : List.of("/ai/summarize", "/ai/summarize/stream")) {
      for (int sentences : List.of(1, 3, 20)) {
        requests.add(json(path, "{\"text\":" + Json.encode(article) + ",\"sentences\":" + sentences + "}"));
      }
      requests.add(json(path, "{\"text\":\"overload. One more sentence here. And one. And two. And three.\"}"));
      requests.add(json(path, "{\"text\":\"...\"}"));
      requests.add(json(path, "{\"text\":" + Json.encode((article + " ").repeat(60)) + "}"));
    }
    for (String accept : List.of("text/event-stream", "text/event-stream, */*", "application/json, text/event-stream", "text/event-stream;q=0.1, */*;q=0.5")) {
      requests.add(new Request("POST", "/ai/summarize", List.of("Content-Type: application/json", "Accept: " + accept),
          ("{\"text\":" + Json.encode(article) + "}").getBytes(StandardCharsets.UTF_8)));
    }
    for (String body : List.of(
        "", "{", "null", "[]", "\"x\"", "7", "{}", "{\"text\":\"\"}", "{\"text\":7}", "{\"texts\":[]}", "{\"texts\":[\"a\",null]}", "{\"text\":\"a\",\"texts\":[\"b\"]}",
        "{\"text\":\"a\",\"more\":1}", "{\"text\":\"a\",\"__proto__\":1}", "{\"text\":\"\\ud800\"}", "\ufeff{\"text\":\"a\"}", "{\"text\":\"a\",\"labels\":[\"b\",\"b\"],\"sentences\":0}")) {
      requests.add(json("/ai/embed", body));
      requests.add(json("/ai/classify", body));
      requests.add(json("/ai/summarize", body));
      requests.add(json("/ai/summarize/stream", body));
    }
    requests.add(new Request("POST", "/ai/embed", List.of("Content-Type: text/plain"), "{\"text\":\"a\"}".getBytes(StandardCharsets.UTF_8)));
    requests.add(new Request("POST", "/ai/embed", List.of("Content-Type: application/json;charset=latin1"), "{\"text\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1)));
    requests.addAll(otherMethodsAndPaths("/ai/summarize/stream", "/ai", "/ai/embed?x=1", "/ai/embed/", "/ai//embed", "/"));
    return requests.stream().map(request -> same(request, aiOnWorkerd, aiHere));
  }

  private static List<Request> otherMethodsAndPaths(String path, String... others) {
    List<Request> requests = new ArrayList<>();
    for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS")) {
      requests.add(new Request(method, path, List.of(), new byte[0]));
    }
    for (String other : others) {
      for (String method : List.of("GET", "HEAD", "POST")) {
        requests.add(new Request(method, other, List.of("Content-Type: application/json"), new byte[0]));
      }
    }
    return requests;
  }

  private static DynamicTest same(Request request, Workerd workerd, LocalWorker here) {
    String head = request.headers().isEmpty() ? "" : " " + request.headers();
    String body = request.body().length < 200 ? new String(request.body(), StandardCharsets.UTF_8) : request.body().length + " bytes " + Arrays.hashCode(request.body());
    return DynamicTest.dynamicTest(request.method() + " " + request.target() + head + " " + body, () -> {
      Response expected = PlainHttp.send(workerd.port(), request);
      assertNotEquals(500, expected.status(), "what workerd answers is no fault of the worker");
      Response actual = PlainHttp.send(here.port(), request);
      assertEquals(describe(expected), describe(actual));
      assertArrayEquals(expected.body(), actual.body());
    });
  }

  private static String describe(Response response) {
    Map<String, List<String>> headers = new TreeMap<>(response.headers());
    headers.keySet().removeAll(TRANSPORT);
    String type = String.join("", headers.getOrDefault("content-type", List.of()));
    String body = type.startsWith("image/") ? response.body().length + " bytes" : new String(response.body(), StandardCharsets.UTF_8);
    return response.status() + " " + response.reason() + (response.chunked() ? " chunked " : " ") + headers + "\n" + body;
  }

  private static Request image(String operation, String format, byte[] body) {
    return new Request("POST", "/image/" + operation, List.of("Authorization: Bearer free", "Content-Type: image/" + format), body);
  }

  private static Request json(String path, String body) {
    return new Request("POST", path, List.of("Content-Type: application/json"), body.getBytes(StandardCharsets.UTF_8));
  }

  private static BufferedImage glass(int width, int height) {
    BufferedImage image = TestImages.photo(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, image.getRGB(x, y) & 0xffffff | x * 255 / (width - 1) << 24);
      }
    }
    return image;
  }

  private static WorkerDefinition worker(String name) {
    Path folder = Checkout.root().resolve("js-workers").resolve(name);
    if (!Files.isDirectory(folder.resolve("node_modules"))) {
      Command.Outcome outcome = Command.of("npm", "ci", "--no-audit", "--no-fund").in(folder).run();
      assertTrue(outcome.exitCode() == 0, () -> "npm ci in " + folder + ": " + outcome.err());
    }
    return WorkerLoader.load(folder, LoadOptions.DEFAULT.withProviders(
        List.of(new AiBinding(new AiModels(List.of(new AiModels.Entry("*", new StandInModel()))))))).definition();
  }

  private static WorkerDefinition standIn(String name) throws IOException {
    Path file = FOLDER.resolve("stand-ins").resolve(name + ".js");
    Files.createDirectories(file.getParent());
    try (InputStream in = DifferentialIT.class.getResourceAsStream("differential/" + name + ".js")) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return WorkerLoader.load(file, LoadOptions.DEFAULT).definition();
  }
}
