package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventBusCallsTest {

  @TempDir private Path folder;
  private Vertx vertx;

  @BeforeEach
  void deploy() throws Exception {
    new Folder(folder).put("wrangler.toml", """
        name = "echo"
        main = "index.js"
        compatibility_date = "2026-08-01"
        [vars]
        WHERE = "top"
        [env.north.vars]
        WHERE = "north"
        """).put("index.js", """
        export default {
          async fetch(request, env) {
            const { pathname, searchParams } = new URL(request.url);
            if (pathname === '/throw') throw new Error('no');
            if (pathname === '/bytes') return new Response(new Uint8Array([0xff, 0]));
            const headers = new Headers({ 'x-where': env.WHERE, 'x-own': env.OWN });
            headers.append('set-cookie', 'a=1');
            headers.append('set-cookie', 'b=2');
            return new Response(`${request.method} ${pathname} ${searchParams.get('q')} ${request.headers.get('x-a')} ${await request.text()}`, { status: 201, headers });
          },
        };
        """);
    vertx = Vertx.vertx();
    JsonObject config = new JsonObject().put("env", "north").put("vars", new JsonObject().put("OWN", "own"));
    TestWorker.await(vertx.deployVerticle("worker:" + folder, new DeploymentOptions().setConfig(config)));
  }

  @AfterEach
  void close() {
    TestWorker.await(vertx.close());
  }

  private JsonObject ask(Object message) {
    return TestWorker.await(vertx.eventBus().<JsonObject>request("worker:echo-north", message)).body();
  }

  @Test
  void aMessageIsARequestAndTheReplyItsResponse() {
    JsonObject reply = ask(new JsonObject().put("method", "POST").put("path", "/a?q=1").put("body", "héllo")
        .put("headers", new JsonObject().put("x-a", new JsonArray().add("1").add("2"))));
    assertEquals(201, reply.getInteger("status"));
    assertEquals("POST /a 1 1, 2 héllo", reply.getString("body"));
    assertEquals("north", reply.getJsonObject("headers").getString("x-where"));
    assertEquals("own", reply.getJsonObject("headers").getString("x-own"));
    assertEquals(new JsonArray().add("a=1").add("b=2"), reply.getJsonObject("headers").getJsonArray("set-cookie"));
    assertEquals("GET /b null null ", ask("/b").getString("body"));
    assertEquals("GET / null null ", ask(null).getString("body"));
    assertEquals(2, ask("/bytes").getBuffer("bytes").length());
  }

  @Test
  void whatIsNoRequestAndWhatHasNoAnswerFailsTheMessage() {
    checkFailure(400, "path \"x\" does not start with \"/\"", "x");
    checkFailure(400, "a message to worker:echo-north is a path or an object, not a Integer", 7);
    checkFailure(500, "worker echo-north threw an exception", "/throw");
  }

  private void checkFailure(int code, String text, Object message) {
    ReplyException failure = assertInstanceOf(ReplyException.class, TestWorker.awaitFailure(vertx.eventBus().request("worker:echo-north", message)));
    assertEquals(code, failure.failureCode());
    assertEquals(text, failure.getMessage());
  }
}
