package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.identity.Identity;
import dev.tenon.bus.identity.KeyAlgorithm;
import dev.tenon.bus.identity.SigningKey;
import dev.tenon.bus.identity.TokenIssuer;
import dev.tenon.bus.identity.TokenRules;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each way in which a request can be wrong, with the whole document it is answered with, and the way of one that is right.
class GatewayTest {

  private static EdgeUnderTest edge;

  @BeforeAll
  static void open() {
    edge = new EdgeUnderTest(request -> switch (request.target()) {
      case "/things/open" -> EdgeUnderTest.answer(200, "text/plain; charset=utf-8", Body.of(Buffer.buffer("open")));
      case "/things/upload" -> EdgeUnderTest.answer(200, "image/png", request.body());
      case "/things" -> EdgeUnderTest.json(201, "{\"name\":\"made\"}");
      default -> EdgeUnderTest.json(200, "{\"name\":\"read\"}");
    });
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  @BeforeEach
  void forget() {
    edge.seen.clear();
  }

  private static String get(String target, String headers) {
    return "GET " + target + " HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\n" + headers + "\r\n";
  }

  private static String post(String target, String headers, String body) {
    return "POST " + target + " HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n" + headers + "\r\n" + body;
  }

  private static String json(String body) {
    return post("/things", edge.bearer() + "Content-Type: application/json\r\n", body);
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token + "\r\n";
  }

  /// One row: what is sent, and the status, the headers asked for and the document that come back. Nothing reaches the component.
  private void refused(String sent, int status, String type, String title, String detail, String errors, String... headers) throws IOException {
    try (Wire wire = edge.wire()) {
      Wire.Answer answer = wire.send(sent).answer();
      String expected = "{\"type\":\"urn:tenon:problem:" + type + "\",\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\"" + detail.replace("\"", "\\\"")
          + "\",\"instance\":\"urn:tenon:request:req-1\"" + (errors.isEmpty() ? "" : ",\"errors\":[" + errors + "]") + "}";
      assertEquals(expected, answer.text());
      assertEquals(status + " application/problem+json req-1", answer.status() + " " + answer.header("content-type") + " " + answer.header("x-request-id"));
      for (String header : headers) {
        String[] parts = header.split(": ", 2);
        assertEquals(parts[1], answer.header(parts[0]), parts[0]);
      }
    }
    assertEquals(List.of(), edge.seen);
  }

  @Test
  void pathsAndMethods() throws IOException {
    refused(get("/nothing", ""), 404, "path-unknown", "Unknown path", "There is nothing at this path.", "");
    refused(get("/things/open/", ""), 404, "path-unknown", "Unknown path", "There is nothing at this path.", "");
    refused("PUT /things/7 HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\n\r\n", 405, "method-not-allowed", "Method not allowed",
        "This path does not know the method – use one of DELETE, GET, HEAD, OPTIONS.", "", "allow: DELETE, GET, HEAD, OPTIONS");
    refused(post("/things/open", "", "body"), 405, "method-not-allowed", "Method not allowed",
        "This path does not know the method – use one of GET, HEAD, OPTIONS.", "", "allow: GET, HEAD, OPTIONS");
    String plain = "The path has a backslash, a dot segment or a character that a URL cannot have – send it in its plain form.";
    refused(get("/things/x/../open", ""), 400, "request-malformed", "Malformed request", plain, "");
    refused(get("/things/%2E%2e", ""), 400, "request-malformed", "Malformed request", plain, "");
    for (String host : List.of("", "Host: a/b?c\r\n", "Host: a@b\r\n", "Host: a:b\r\n", "Host: a\r\nHost: b\r\n")) {
      refused("GET /things/open HTTP/1.1\r\nX-Request-Id: req-1\r\n" + host + "\r\n", 400, "request-malformed", "Malformed request",
          "The request does not name its host once, as host or host:port.", "");
    }
    refused(get("/things\\open", ""), 400, "request-malformed", "Malformed request", plain, "");
  }

  @Test
  void tokens() throws IOException {
    TokenRules others = new TokenRules("tenon-auth", "somebody-else");
    Identity ada = new Identity("ada", Set.of());
    String expired = EdgeUnderTest.signed(new JsonObject().put("iss", "tenon-auth").put("aud", "tenon").put("sub", "ada").put("exp", 2000));
    String audience = TokenIssuer.of(others, Duration.ofMinutes(1), List.of(EdgeUnderTest.KEY)).issue(ada);
    String stranger = TokenIssuer.of(EdgeUnderTest.RULES, Duration.ofMinutes(1), List.of(SigningKey.generate(KeyAlgorithm.EDDSA))).issue(ada);
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String unsigned = base64.encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
        + base64.encodeToString("{\"iss\":\"tenon-auth\",\"aud\":\"tenon\",\"sub\":\"ada\",\"exp\":4102444800}".getBytes(StandardCharsets.UTF_8)) + ".";
    String good = edge.issuer.issue(ada);
    String target = "/things/7?size=small";
    refused(get(target, ""), 401, "token-missing", "Access token missing", "This operation needs an access token – send it as \"Authorization: Bearer <token>\".", "",
        "www-authenticate: Bearer realm=\"tenon\"");
    refusedToken(target, bearer(expired), "the token has expired – log in again or refresh it", "invalid_token");
    refusedToken(target, bearer(audience), "the token is not meant for tenon", "invalid_token");
    refusedToken(target, bearer(stranger), "the token is signed with a key that is not known here", "invalid_token");
    refusedToken(target, bearer(good.substring(0, good.lastIndexOf('.') + 1) + base64.encodeToString(new byte[64])), "the token's signature does not fit", "invalid_token");
    refusedToken(target, "Authorization: Basic YTpi\r\n", "the Authorization header is not one \"Bearer <token>\"", "invalid_request");
    refusedToken(target, bearer(good) + bearer(good), "the Authorization header is not one \"Bearer <token>\"", "invalid_request");
    try (Wire wire = edge.wire()) {
      Wire.Answer answer = wire.send(get(target, bearer(unsigned))).answer();
      assertEquals(401, answer.status());
      assertEquals("Access token refused", new JsonObject(answer.text()).getString("title"));
    }
    assertEquals(List.of(), edge.seen);
  }

  private void refusedToken(String target, String header, String why, String error) throws IOException {
    refused(get(target, header), 401, "token-refused", "Access token refused", "The access token is refused: " + why + ".", "",
        "www-authenticate: Bearer realm=\"tenon\", error=\"" + error + "\", error_description=\"" + why.replace('–', '-').replace('"', '\'') + "\"");
  }

  @Test
  void scopes() throws IOException {
    String delete = "DELETE /things/7 HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\n";
    refused(delete + edge.bearer("things.write") + "\r\n", 403, "scope-missing", "Scope missing",
        "The token does not carry the scope that this operation needs: things.delete things.write.", "",
        "www-authenticate: Bearer realm=\"tenon\", error=\"insufficient_scope\", scope=\"things.delete things.write\"");
  }

  @Test
  void mediaTypes() throws IOException {
    refused(post("/things", edge.bearer() + "Content-Type: text/xml\r\n", "<a/>"), 415, "media-type", "Unsupported media type",
        "The media type \"text/xml\" is not taken here – send application/json.", "", "accept: application/json");
    refused(post("/things", edge.bearer(), "{}"), 415, "media-type", "Unsupported media type", "The body has no Content-Type – send application/json.", "");
    refused(post("/things/upload", edge.bearer() + "Content-Type: image/gif\r\n", "GIF"), 415, "media-type", "Unsupported media type",
        "The media type \"image/gif\" is not taken here – send image/png or image/jpeg.", "");
    refused(post("/things", edge.bearer() + "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", "x"), 415, "media-type", "Unsupported media type",
        "The body has a Content-Encoding, and none is taken here – send it as it is.", "");
    refused(post("/things", edge.bearer() + "Content-Type: application/json; charset=latin1\r\n", "{}"), 415, "media-type", "Unsupported media type",
        "JSON is UTF-8 (RFC 8259) – send the body in it, and no other charset in the Content-Type.", "");
    refused("POST /things HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\nContent-Length: 0\r\n" + edge.bearer() + "\r\n", 400, "body-missing", "Body missing",
        "This operation needs a body, and none was sent.", "");
    refused("GET /things/7?size=small HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\nContent-Length: 1\r\n" + edge.bearer() + "\r\nx", 400, "body-unexpected", "Body not expected",
        "This operation takes no body – send none.", "");
    refused("POST /things HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\nExpect: tea\r\nContent-Length: 2\r\nContent-Type: application/json\r\n" + edge.bearer() + "\r\n{}",
        417, "expectation-failed", "Expectation failed", "Only \"Expect: 100-continue\" is understood.", "");
  }

  @Test
  void parameters() throws IOException {
    parameter("/things/x?size=small", "", "path thingId", "must be a whole number, and is a string");
    parameter("/things/0?size=small", "", "path thingId", "must be at least 1");
    for (String number : List.of("1e3", "1.0", "%2B7", "007", "0x7", "7%20", "")) {
      if (!number.isEmpty()) {
        parameter("/things/" + number + "?size=small", "", "path thingId", "must be a whole number, and is a string");
      }
      parameter("/things/7?size=small", "X-Depth: " + number.replace("%2B", "+").replace("%20", "7 7") + "\r\n", "header x-depth", "must be a whole number, and is a string");
    }
    parameter("/things/7", "", "query size", "is required and missing");
    parameter("/things/7?size=huge", "", "query size", "must be one of \\\"small\\\", \\\"large\\\"");
    parameter("/things/7?size=small&size=large", "", "query size", "is there 2 times, and may be there once");
    parameter("/things/7?size=small&colour=red", "", "query colour", "is not a parameter of this operation");
    parameter("/things/7?size=%ff", "", "query size", "is not percent-encoded UTF-8");
    parameter("/things/7?size=small&tags=ok&tags=too-long", "", "query tags/1", "must have at most 5 characters, and has 8");
    parameter("/things/7?size=small&near=1,x", "", "query near/1", "must be a number, and is a string");
    parameter("/things/7?size=small", "X-Depth: deep\r\n", "header x-depth", "must be a whole number, and is a string");
    refused(get("/things/0?colour=red", edge.bearer()), 400, "parameters-invalid", "Invalid parameters", "3 of the parameters of the request are not as the contract says.",
        "{\"parameter\":\"query colour\",\"detail\":\"is not a parameter of this operation\"},{\"parameter\":\"path thingId\",\"detail\":\"must be at least 1\"},"
            + "{\"parameter\":\"query size\",\"detail\":\"is required and missing\"}");
  }

  private void parameter(String target, String headers, String name, String detail) throws IOException {
    refused(get(target, edge.bearer() + headers), 400, "parameters-invalid", "Invalid parameters",
        "One parameter of the request is not as the contract says.",
        "{\"parameter\":\"" + name + "\",\"detail\":\"" + detail + "\"}");
  }

  @Test
  void bodies() throws IOException {
    refused(json("{\"name\":\n nope}"), 400, "body-not-json", "Body is not JSON",
        "The body is not JSON at line 2, column 2: a word that JSON does not know.", "");
    refused(json("{\"name\":\"a\",\"name\":\"b\"}"), 400, "body-not-json", "Body is not JSON", "The body is not JSON at line 1, column 13: a name is there twice in one object.", "");
    for (String row : List.of("c080|15", "eda080|15", "f4908080|15", "78ff|16", "c3|15")) {
      String[] parts = row.split("\\|");
      notUtf8(HexFormat.of().parseHex(parts[0]), "line 2, column " + parts[1]);
    }
    refused(json("{\"name\":\"\\ud800\"}"), 400, "body-not-json", "Body is not JSON",
        "The body is not JSON at line 1, column 10: an escape is one half of a surrogate pair without the other.", "");
    String invalid = "The body of the request is not as the contract says.";
    refused(json("{}"), 422, "body-invalid", "Invalid body", invalid, "{\"pointer\":\"/name\",\"detail\":\"is required and missing\"}");
    refused(json("[]"), 422, "body-invalid", "Invalid body", invalid, "{\"pointer\":\"\",\"detail\":\"must be an object, and is an array\"}");
    refused(json("{\"name\":\"\",\"more\":1,\"parts\":[{\"name\":\"a\"},{\"name\":2}]}"), 422, "body-invalid", "Invalid body", invalid,
        "{\"pointer\":\"/name\",\"detail\":\"must have at least 1 character, and has 0\"},{\"pointer\":\"/more\",\"detail\":\"is not a property that is known here\"},"
            + "{\"pointer\":\"/parts/1/name\",\"detail\":\"must be a string, and is a whole number\"}");
    refused(json("{\"name\":\"" + "x".repeat(1_000_001) + "\"}"), 422, "body-invalid", "Invalid body", invalid,
        "{\"pointer\":\"/name\",\"detail\":\"must have at most 1000000 characters, and has 1000001\"}");
    refused("POST /things HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n" + edge.bearer() + "\r\n0\r\n\r\n",
        400, "body-missing", "Body missing", "This operation needs a body, and none was sent.", "");
  }

  /// Refused although the bytes around are JSON.
  private void notUtf8(byte[] bytes, String where) throws IOException {
    byte[] before = "{\n      \"name\":\"".getBytes(StandardCharsets.US_ASCII);
    byte[] after = "\"}".getBytes(StandardCharsets.US_ASCII);
    try (Wire wire = edge.wire()) {
      wire.send("POST /things HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\nContent-Type: application/json\r\nContent-Length: " + (before.length + bytes.length + after.length)
          + "\r\n" + edge.bearer() + "\r\n").send(before).send(bytes).send(after);
      Wire.Answer answer = wire.answer();
      assertEquals("400 The body is not JSON at " + where + ": the bytes are not valid UTF-8.", answer.status() + " " + new JsonObject(answer.text()).getString("detail"));
    }
  }

  @Test
  void aRequestThatIsRightReachesTheComponent() throws IOException {
    try (Wire wire = edge.wire()) {
      wire.send("POST /things HTTP/1.1\r\nHost: edge:8080\r\nX-Request-Id: req-1\r\nContent-Type: Application/JSON; charset=UTF-8\r\nContent-Length: 12\r\n"
          + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nX-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\n"
          + edge.bearer("things.write") + "\r\n{\"name\":\"ü\"}".replace("ü", "a") + " ");
      Wire.Answer answer = wire.answer();
      assertEquals("201 {\"name\":\"made\"} req-1", answer.status() + " " + answer.text() + " " + answer.header("x-request-id"));
      assertNotNull(answer.header("date"));
    }
    ExchangeRequest request = edge.seen.getFirst();
    assertEquals("POST http://edge:8080/things", request.method() + " " + request.url());
    assertEquals(new Body.Bytes(Buffer.buffer("{\"name\":\"a\"}")), request.body());
    assertEquals(new Identity("0192f1a4-7c1e-7d55-8c0a-3f2b9d1e6a70", Set.of("things.write")), request.context().identity().orElseThrow());
    assertEquals("0af7651916cd43dd8448eb211c80319c true", request.context().trace().traceId() + " " + request.context().trace().sampled());
    assertEquals(request.context().trace().traceparent(), request.headers().get("traceparent"));
    assertEquals("127.0.0.1 http req-1", request.headers().get("x-forwarded-for") + " " + request.headers().get("x-forwarded-proto") + " " + request.headers().get("x-request-id"));
    assertTrue(request.headers().get("authorization").startsWith("Bearer "));
    for (String gone : List.of("connection", "keep-alive", "x-hop", "forwarded", "expect")) {
      assertNull(request.headers().get(gone), gone);
    }
  }

  @Test
  void parametersOfAllKindsGetThrough() throws IOException {
    try (Wire wire = edge.wire()) {
      Wire.Answer answer = wire.send(get("/things/7?size=sm%61ll&tags=a&tags=b&near=1,2.5,-3e2", edge.bearer() + "X-Depth: 4\r\n")).answer();
      assertEquals("200 {\"name\":\"read\"}", answer.status() + " " + answer.text());
    }
    assertEquals("/things/7?size=sm%61ll&tags=a&tags=b&near=1,2.5,-3e2", edge.seen.getFirst().target());
  }

  @Test
  void headIsAGetWithoutItsBody() throws IOException {
    try (Wire wire = edge.wire()) {
      wire.send("HEAD /things/open HTTP/1.1\r\nHost: edge\r\n\r\n");
      assertEquals("4", wire.head().header("content-length"));
      Wire.Answer next = wire.send(get("/things/open", "")).answer();
      assertEquals("200 open", next.status() + " " + next.text());
    }
    assertEquals("GET", edge.seen.getFirst().method());
  }

  @Test
  void optionsTellWhatIsAllowed() throws IOException {
    try (Wire wire = edge.wire()) {
      Wire.Answer answer = wire.send("OPTIONS /things/7 HTTP/1.1\r\nHost: edge\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\n\r\n").answer();
      assertEquals("204 DELETE, GET, HEAD, OPTIONS", answer.status() + " " + answer.header("allow"));
      assertNull(answer.header("access-control-allow-origin"));
    }
  }

  @Test
  void imagesAreStreamedBothWays() throws IOException {
    String image = "\u0089PNG" + "x".repeat(200_000);
    try (Wire wire = edge.wire()) {
      byte[] bytes = image.getBytes(StandardCharsets.ISO_8859_1);
      wire.send("POST /things/upload HTTP/1.1\r\nHost: edge\r\nContent-Type: image/png\r\nContent-Length: " + bytes.length + "\r\n" + edge.bearer() + "\r\n").send(bytes);
      Wire.Answer answer = wire.answer();
      assertEquals(200, answer.status());
      assertEquals(image, new String(answer.bytes(), StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void bodiesOverTheirBoundAreRefusedUnread() throws IOException {
    refused("POST /things/upload HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\nContent-Type: image/png\r\nContent-Length: 209715200\r\nExpect: 100-continue\r\n" + edge.bearer() + "\r\n",
        413, "body-too-large", "Body too large", "The body may have 300000 bytes, and more were sent – send a smaller one.", "", "connection: close");
    long before = used();
    try (Wire wire = edge.wire()) {
      wire.send("POST /things/upload HTTP/1.1\r\nHost: edge\r\nContent-Type: image/png\r\nContent-Length: 209715200\r\n" + edge.bearer() + "\r\n");
      byte[] megabyte = new byte[1024 * 1024];
      for (int i = 0; i < 200; i++) {
        wire.send(megabyte);
      }
      assertEquals(413, wire.answer().status());
      assertTrue(wire.closed());
    }
    assertTrue(used() - before < 100L * 1024 * 1024, "nothing of 200 MB may stay in memory");
    try (Wire wire = edge.wire()) {
      wire.send("POST /things HTTP/1.1\r\nHost: edge\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n" + edge.bearer() + "\r\n");
      byte[] chunk = ("80000\r\n" + " ".repeat(0x80000) + "\r\n").getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 10; i++) {
        wire.send(chunk);
      }
      assertEquals(413, wire.answer().status());
    }
    assertEquals(List.of(), edge.seen);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void aConnectionServesOnAfterARefusal() throws IOException {
    try (Wire wire = edge.wire()) {
      for (int i = 0; i < 3; i++) {
        assertEquals(401, wire.send(post("/things", "Content-Type: application/json\r\n", "{\"name\":\"x\"}")).answer().status());
        assertEquals(201, wire.send(json("{\"name\":\"x\"}")).answer().status());
      }
    }
  }

  @Test
  void http2HasTheSameRules() throws Exception {
    String url = "http://127.0.0.1:" + edge.gateway.port();
    String token = edge.bearer().split(": ")[1].strip();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      List<String> answers = new ArrayList<>();
      for (HttpRequest.Builder request : List.of(
          HttpRequest.newBuilder(URI.create(url + "/things/open")),
          HttpRequest.newBuilder(URI.create(url + "/things/7?size=small")),
          HttpRequest.newBuilder(URI.create(url + "/things")).header("authorization", token).header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}")),
          HttpRequest.newBuilder(URI.create(url + "/things")).header("authorization", token).header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"x\"}")),
          HttpRequest.newBuilder(URI.create(url + "/things/upload")).header("authorization", token).header("content-type", "image/png").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[400_000])))) {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        answers.add(answer.version() + " " + answer.statusCode());
      }
      assertEquals(List.of("HTTP_2 200", "HTTP_2 401", "HTTP_2 422", "HTTP_2 201", "HTTP_2 413"), answers);
    }
  }
}
