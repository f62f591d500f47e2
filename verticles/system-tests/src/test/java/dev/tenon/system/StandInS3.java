package dev.tenon.system;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// As much of S3 as a client of one bucket needs; it checks every request's signature (AWS Signature Version 4).
final class StandInS3 implements AutoCloseable {

  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final Pattern AUTHORIZATION =
      Pattern.compile("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/((\\d+)/([^/]+)/s3/aws4_request), SignedHeaders=([^,]+), Signature=(\\w+)");

  /// @param type its content type
  /// @param from its metadata `from`
  private record Stored(Buffer content, String type, String from) {}

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Stored> objects = Collections.synchronizedMap(new TreeMap<>());
  private final List<String> badSignatures = Collections.synchronizedList(new ArrayList<>());
  private final AtomicBoolean failsNext = new AtomicBoolean();
  private final HttpServer server;

  private StandInS3() {
    this.server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
        .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
        .listen().toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  static StandInS3 start() {
    return new StandInS3();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /// The next request is answered with 503.
  void failNext() {
    failsNext.set(true);
  }

  /// Requests whose signature was wrong.
  List<String> badSignatures() {
    return List.copyOf(badSignatures);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private void answer(HttpServerRequest request, Buffer body) {
    HttpServerResponse response = request.response();
    if (!isSigned(request)) {
      badSignatures.add(request.method() + " " + request.uri() + " " + request.getHeader("authorization"));
      response.setStatusCode(403).end("<Code>SignatureDoesNotMatch</Code>");
      return;
    }
    if (failsNext.getAndSet(false)) {
      response.setStatusCode(503).end("<Code>SlowDown</Code>");
      return;
    }
    String key = URLDecoder.decode(request.path(), StandardCharsets.UTF_8).substring("/bucket".length());
    switch (request.method().name()) {
      case "PUT" -> {
        objects.put(key, new Stored(body, request.getHeader("content-type"), request.getHeader("x-amz-meta-from")));
        response.putHeader("etag", "\"1\"").end();
      }
      case "DELETE" -> {
        objects.remove(key);
        response.setStatusCode(204).end();
      }
      default -> read(request, response, key);
    }
  }

  private void read(HttpServerRequest request, HttpServerResponse response, String key) {
    Stored stored = objects.get(key);
    if (key.isEmpty()) {
      String prefix = "/" + request.getParam("prefix");
      response.end(objects.keySet().stream().filter(name -> name.startsWith(prefix)).map(name -> "<Key>" + name.substring(1) + "</Key>").collect(Collectors.joining()));
    } else if (stored == null) {
      response.setStatusCode(404).end("<Code>NoSuchKey</Code>");
    } else {
      response.putHeader("content-type", stored.type() == null ? "application/octet-stream" : stored.type()).putHeader("x-amz-meta-from", stored.from());
      Matcher range = Pattern.compile("bytes=(\\d+)-(\\d+)").matcher(String.valueOf(request.getHeader("range")));
      if (range.matches()) {
        response.setStatusCode(206).end(stored.content().slice(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)) + 1));
      } else {
        response.end(stored.content());
      }
    }
  }

  private static boolean isSigned(HttpServerRequest request) {
    Matcher given = AUTHORIZATION.matcher(String.valueOf(request.getHeader("authorization")));
    if (!given.matches()) {
      return false;
    }
    String[] names = given.group(4).split(";");
    String query = request.query() == null ? "" : Arrays.stream(request.query().split("&")).sorted().collect(Collectors.joining("&"));
    String canonical = String.join("\n", request.method().name(), request.path(), query,
        Arrays.stream(names).map(name -> name + ":" + request.getHeader(name).strip() + "\n").collect(Collectors.joining()), given.group(4), request.getHeader("x-amz-content-sha256"));
    try {
      String toSign = String.join("\n", "AWS4-HMAC-SHA256", request.getHeader("x-amz-date"), given.group(1),
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8))));
      byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
      for (String step : List.of(given.group(2), given.group(3), "s3", "aws4_request", toSign)) {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        key = mac.doFinal(step.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(key).equals(given.group(5));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
