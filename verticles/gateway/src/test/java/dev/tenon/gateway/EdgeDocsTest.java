package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.contract.Contract;
import dev.tenon.contract.Operation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What an edge says about itself.
class EdgeDocsTest {

  private static final EdgeUnderTest EDGE = EdgeUnderTest.bare();
  private static final Contract OTHER = Contract.parse("other", """
      openapi: 3.0.3
      info: { title: other, version: 2.0.0 }
      x-tenon-component: hidden-name
      paths:
        /other: { get: { operationId: readThing, responses: { '200': { description: fine } } } }
      """);

  @BeforeAll
  static void open() {
    EDGE.open(GatewayOptions.of(ListenerOptions.of(0), List.of(new Route("things", ThingsContract.contract()))).withInstances(1).withOpenness(new Openness(true, false)));
  }

  @AfterAll
  static void close() {
    EDGE.close();
  }

  private static Wire.Answer get(String path, String headers) throws IOException {
    try (Wire wire = EDGE.wire()) {
      return wire.send("GET " + path + " HTTP/1.1\r\nHost: edge\r\n" + headers + "\r\n").answer();
    }
  }

  private static List<String> operations(Wire.Answer answer) {
    return Contract.parse("all", answer.text()).operations().stream().map(Operation::id).sorted().toList();
  }

  @Test
  void allContractsAreOneDocumentThatFollowsThem() throws IOException {
    Wire.Answer one = get("/openapi.json", "");
    assertEquals("200 application/json", one.status() + " " + one.header("content-type"));
    assertEquals(ThingsContract.contract().operations().stream().map(Operation::id).sorted().toList(), operations(one));
    String tag = one.header("etag");
    assertEquals(304, get("/openapi.json", "If-None-Match: \"other\", " + tag + "\r\n").status());
    assertEquals(200, get("/openapi.json", "If-None-Match: \"other\"\r\n").status());

    Await.result(EDGE.gateway.replaceRoutes(List.of(new Route("things", ThingsContract.contract()), new Route("hidden-name", OTHER))));
    Wire.Answer two = get("/openapi.json", "If-None-Match: " + tag + "\r\n");
    assertEquals(200, two.status());
    assertTrue(operations(two).containsAll(List.of("other_readThing", "things_readThing")), operations(two).toString());
    assertFalse(two.text().contains("hidden-name"), two.text());
    Await.result(EDGE.gateway.replaceRoutes(List.of(new Route("things", ThingsContract.contract()))));
    assertEquals(one.text(), get("/openapi.json", "").text());
  }

  @Test
  void thePageAndItsFilesComeFromHere() throws IOException {
    Wire.Answer page = get("/docs", "");
    assertEquals("200 text/html; charset=utf-8", page.status() + " " + page.header("content-type"));
    assertTrue(page.header("content-security-policy").startsWith("default-src 'none'; script-src 'self'; "), page.header("content-security-policy"));
    assertFalse(page.text().matches("(?s).*(src|href)=\"(https?:)?//.*"), page.text());
    for (String file : List.of("swagger-ui-bundle.js", "swagger-ui.css", "start.js", "favicon-32x32.png")) {
      assertEquals(200, get("/docs/" + file, "").status(), file);
    }
    Wire.Answer compressed = get("/docs/start.js", "Accept-Encoding: gzip\r\n");
    assertEquals(null, compressed.header("content-encoding"), "too small to gain from it");
    Wire.Answer css = get("/docs/swagger-ui.css", "Accept-Encoding: br, gzip\r\n");
    assertEquals("gzip", css.header("content-encoding"));
    assertEquals(get("/docs/swagger-ui.css", "Accept-Encoding: gzip;q=0\r\n").text(),
        new String(new GZIPInputStream(new ByteArrayInputStream(css.bytes())).readAllBytes(), StandardCharsets.UTF_8));
    assertEquals(404, get("/docs/nothing.js", "").status());
  }

  @Test
  void aClosedEdgeHasNeither() throws IOException {
    try (EdgeUnderTest closed = EdgeUnderTest.bare()) {
      closed.open(GatewayOptions.of(ListenerOptions.of(0), List.of(new Route("things", ThingsContract.contract()))).withInstances(1));
      for (String path : List.of("/openapi.json", "/docs")) {
        try (Wire wire = closed.wire()) {
          assertEquals(404, wire.send("GET " + path + " HTTP/1.1\r\nHost: edge\r\n\r\n").answer().status(), path);
        }
      }
    }
  }
}
