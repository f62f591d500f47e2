package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventSourceTest {

  private static final String LISTEN = """
      const listen = (source, until) => new Promise((resolve) => {
        const log = [];
        const add = (line) => { log.push(line); if (log.length === until) { source.close(); resolve(log.join('\\n')); } };
        source.onopen = () => add(`open ${source.readyState}`);
        source.onerror = (event) => add(`error ${event.message} ${source.readyState}`);
        for (const type of ['message', 'own']) source.addEventListener(type, (event) => add(`${event.type} ${JSON.stringify(event.data)} ${event.lastEventId} ${event.origin}`));
      });
      """;

  private static ExchangeResponse stream(String type, String text) {
    return new ExchangeResponse(200, "", HttpHeaders.headers().add("content-type", type), Body.of(Buffer.buffer(text)));
  }

  private static String run(Fetcher egress, String handler) {
    try (TestWorker worker = TestWorker.with(LISTEN + "export default { async fetch(request, env) { " + handler + " } };").egress(egress)
        .binding("EVENTS", new Binding.Service("events")).service("events", egress).start()) {
      return worker.get().body();
    }
  }

  @Test
  void streamOfBytesIsReadAsEventsWhereverItIsCut() {
    String text = "\uFEFFdata: one\r\ndata:two\r\r:comment\nid: 7\nevent: own\ndata\ndata:  ü\n\nid\ndata: last\nretry: x\n\ndata: lost";
    for (int size : new int[] {1, 3, 1000}) {
      assertEquals("""
          open 1
          message "one\\ntwo" \s
          own "\\n ü" 7\s
          message "last" \s
          error The server disconnected. 2""", run(_ -> Future.failedFuture("none"), """
          const bytes = new TextEncoder().encode(%s);
          return new Response(await listen(EventSource.from(new ReadableStream({
            start(controller) {
              for (let at = 0; at < bytes.length; at += %d) controller.enqueue(bytes.slice(at, at + %d));
              controller.close();
            },
          })), 5));
          """.formatted(new JsonArray().add(text).encode().replaceAll("^\\[|\\]$", ""), size, size)));
    }
  }

  @Test
  void connectionThatEndsIsMadeAgainWithTheLastId() {
    List<String> asked = new ArrayList<>();
    Fetcher server = request -> {
      asked.add(request.headers().get("accept") + " " + request.headers().get("cache-control") + " " + request.headers().get("last-event-id"));
      return switch (asked.size()) {
        case 1 -> Future.succeededFuture(stream("text/event-stream; charset=utf-8", "retry: 5\nid: n1\ndata: first\n\n"));
        case 2 -> Future.failedFuture(new Failure(Failure.Code.CONNECTION_LOST, "broken"));
        default -> Future.succeededFuture(stream("text/event-stream", "data: again\n\n"));
      };
    };
    String log = run(server, "return new Response(await listen(new EventSource('http://events.test/path', { fetcher: env.EVENTS }), 6));");
    assertEquals(List.of("open 1", "message \"first\" n1 http://events.test", "error The server disconnected. 0"), log.lines().limit(3).toList());
    assertEquals(List.of("open 1", "message \"again\" n1 http://events.test"), log.lines().skip(4).toList());
    assertEquals(List.of("text/event-stream no-cache null", "text/event-stream no-cache n1", "text/event-stream no-cache n1"), asked);
  }

  @Test
  void whatIsNoEventStreamIsGivenUp() {
    Fetcher plain = _ -> Future.succeededFuture(stream("text/plain", "data: x\n\n"));
    assertEquals("error The content type 'text/plain' is invalid. 2", run(plain, "return new Response(await listen(new EventSource('http://a.test/'), 1));"));
    Fetcher empty = _ -> Future.succeededFuture(new ExchangeResponse(204, "", HttpHeaders.headers(), Body.EMPTY));
    assertEquals("error The response status code was 204. 2", run(empty, "return new Response(await listen(new EventSource('http://a.test/'), 1));"));
  }

  @Test
  void misuseIsTold() {
    assertEquals("""
        SyntaxError: Cannot open an EventSource to 'not a url'. The URL is invalid.
        NotSupportedError: The init.withCredentials option is not supported. It must be false or undefined.
        TypeError: This ReadableStream is locked.
        0 1 2 2""", run((ExchangeRequest _) -> Future.failedFuture("none"), """
        const attempt = (work) => { try { work(); return 'fine'; } catch (error) { return `${error.name}: ${error.message}`; } };
        const stream = new ReadableStream();
        stream.getReader();
        return new Response([
          attempt(() => new EventSource('not a url')),
          attempt(() => new EventSource('http://a.test', { withCredentials: true })),
          attempt(() => EventSource.from(stream)),
          `${EventSource.CONNECTING} ${EventSource.OPEN} ${EventSource.CLOSED} ${EventSource.prototype.CLOSED}`,
        ].join('\\n'));
        """));
  }
}
