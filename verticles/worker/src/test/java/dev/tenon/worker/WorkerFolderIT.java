package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a team's folder to an answer over the bus: configuration, bundling, modules of every kind, bindings.
class WorkerFolderIT {

  /// `(module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))`
  private static final byte[] ADD = HexFormat.of().parseHex("0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b");

  @TempDir
  private Path temporary;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private String answer(String component) throws Exception {
    ExchangeRequest request = new ExchangeRequest("GET", "http", "localhost", "/x?y=1", HttpHeaders.headers(), Body.EMPTY,
        ExchangeContext.start(Deadline.after(Duration.ofSeconds(30))));
    return await(ExchangeBus.of(vertx).call(component, request).map(response -> switch (response.body()) {
      case Body.Bytes bytes -> bytes.buffer();
      case Body.Empty _ -> Buffer.buffer();
      case Body.Stream _ -> throw new AssertionError("a short text does not stream");
    })).toString();
  }

  @Test
  void folderIsDeployedWithOneLine() throws Exception {
    new Folder(temporary)
        .put("wrangler.toml", """
            name = "shop"
            main = "src/index.ts"
            compatibility_date = "2026-01-01"
            [vars]
            PLACE = "config"
            LIST = [1, 2]
            """)
        .put(".dev.vars", "SECRET=\"from dev vars\"\n")
        .put("src/index.ts", """
            import { WorkerEntrypoint } from 'cloudflare:workers';
            import { shout } from 'shout';
            import add from './add.wasm';
            import note from './note.txt';
            import bytes from './three.bin';
            import data from './data.json';
            interface Env { PLACE: string; LIST: number[]; SECRET: string }
            export default class extends WorkerEntrypoint<Env> {
              async fetch(request: Request): Promise<Response> {
                const sum = (new WebAssembly.Instance(add).exports.add as (a: number, b: number) => number)(40, data.two);
                return new Response([shout(note), sum, bytes.byteLength, this.env.PLACE, this.env.LIST.length, this.env.SECRET, new URL(request.url).pathname].join('|'));
              }
            }
            """)
        .put("src/add.wasm", ADD).put("src/note.txt", "note").put("src/three.bin", new byte[3]).put("src/data.json", "{ \"two\": 2 }")
        .put("node_modules/shout/package.json", "{ \"name\": \"shout\", \"main\": \"main.js\" }")
        .put("node_modules/shout/main.js", "exports.shout = (text) => text.toUpperCase();");
    await(vertx.deployVerticle("worker:" + temporary));
    assertEquals("NOTE|42|3|config|2|from dev vars|/x", answer("shop"));
  }

  /// A plain file is parsed before it runs; that must not change how the isolate sees bytes of the host.
  @Test
  void plainFileIsDeployedWithOneLine() throws Exception {
    new Folder(temporary).put("plain.js", """
        addEventListener('fetch', (event) => event.respondWith(answer()));
        async function answer() {
          const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('x'));
          return new Response(digest.slice(0, 4).byteLength + ' ' + new Uint8Array(digest).slice(0, 2).join());
        }
        """);
    await(vertx.deployVerticle("worker:" + temporary.resolve("plain.js")));
    assertEquals("4 45,113", answer("plain"));
  }
}
