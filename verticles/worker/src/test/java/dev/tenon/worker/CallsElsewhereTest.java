package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Method calls from and to another process, which is played here: nothing can be given to it, and nothing stays given.
class CallsElsewhereTest {

  private static final RpcMessage REFUSAL = new RpcMessage("[\"a\",[false,[\"e\",\"TypeError\",\"refused there\",[\"h\"]]]]", Buffer.buffer());

  @Test
  void whatACallGaveIsTakenBack() {
    TestWorker caller = TestWorker.with("""
        import { RpcTarget } from 'cloudflare:workers';
        class Mine extends RpcTarget { [Symbol.dispose]() { console.log('taken back'); } }
        export default { async fetch(request, { DESK }) {
          const answers = [];
          for (const given of [new Mine(), { deep: [new Mine(), 1] }, new Response('body').body, 1]) answers.push(await DESK.use(given).catch((error) => error.message));
          return new Response(answers.join());
        } };
        """)
        .binding("DESK", new Binding.Service("desk", "Desk", ""))
        .service("desk/calls", request -> request.body().collect(1 << 20)
            .map(_ -> new ExchangeResponse(200, "", HttpHeaders.headers(), Body.of(REFUSAL.toBuffer()))))
        .start();
    try (caller) {
      assertEquals("refused there,refused there,refused there,refused there", caller.get().body());
      assertEquals("LOG taken back", caller.logged());
      assertEquals("LOG taken back", caller.logged());
      // Idle at once: not even the stream holds anything any more.
      TestWorker.await(caller.drain(TestWorker.PATIENCE));
    }
  }

  @Test
  void aResultThatWouldHaveToBeGivenIsAnError() {
    TestWorker callee = TestWorker.of("""
        import { RpcTarget, WorkerEntrypoint } from 'cloudflare:workers';
        export class Desk extends WorkerEntrypoint {
          adder() { return (a) => a + 1; }
          target() { return { deep: [new RpcTarget()] }; }
          stream() { return new Response('x').body; }
          self() { return this.ctx.exports.Desk; }
          value() { return 1; }
        }
        export default {};
        """);
    try (callee) {
      for (String method : List.of("adder", "target", "stream")) {
        assertEquals("[\"a\",[false,[\"e\",\"TypeError\",\"A function, RpcTarget or stream cannot be passed to or from a worker on another node; pass a value that can be cloned.\",[\"h\"]]]]",
            TestWorker.await(ask(callee, method)));
      }
      assertEquals("[\"a\",[true,1]]", TestWorker.await(ask(callee, "value")));
    }
  }

  private static Future<String> ask(TestWorker callee, String method) {
    ExchangeRequest request = TestWorker.request("POST", "/", HttpHeaders.headers(), Body.of(new RpcMessage("[\"a\",[[\"a\",[\"" + method + "\"]],[\"a\",[]]]]", Buffer.buffer()).toBuffer()));
    ExchangeRequest addressed = new EntrypointTarget("test", "Desk", "").addressMethodCall(request);
    addressed.headers().set("tenon-method-call", "another process");
    return callee.call(addressed).compose(answer -> answer.body().collect(1 << 20)).map(body -> RpcMessage.of(body).json());
  }
}
