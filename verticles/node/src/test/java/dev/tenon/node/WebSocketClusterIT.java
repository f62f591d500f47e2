package dev.tenon.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import dev.tenon.bus.Body;
import dev.tenon.bus.BusOptions;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.Failure;
import dev.tenon.gateway.ListenerOptions;
import dev.tenon.gateway.PlainEdge;
import dev.tenon.worker.LoadOptions;
import dev.tenon.worker.WorkerLoader;
import dev.tenon.worker.WorkerOptions;
import dev.tenon.worker.WorkerVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A chat room on one node, its clients at the edges of two: one beside the worker, one that reaches it across the cluster.
class WebSocketClusterIT {

  private static final long SECONDS = 30;
  private static final BusOptions BUS = BusOptions.DEFAULT.withCheckAfter(Duration.ofMillis(200)).withBodyIdleMax(Duration.ofMillis(800));

  private static final String CHAT = """
      const rooms = new Map();
      export default {
        fetch(request) {
          const { pathname, searchParams } = new URL(request.url);
          if (pathname === '/stuck') return new Response(new ReadableStream({ pull() { return new Promise(() => {}); } }));
          if (request.headers.get('Upgrade') !== 'websocket') return new Response('members: ' + [...rooms.values()].reduce((sum, room) => sum + room.size, 0));
          const room = rooms.get(pathname) ?? rooms.set(pathname, new Set()).get(pathname);
          const [client, server] = Object.values(new WebSocketPair());
          const name = searchParams.get('name');
          server.accept();
          server.binaryType = 'arraybuffer';
          const say = (what) => { for (const member of room) member.send(what); };
          room.add(server);
          say(`${name} came`);
          server.addEventListener('message', ({ data }) => say(typeof data === 'string' ? `${name}: ${data}` : data));
          server.addEventListener('close', (event) => { room.delete(server); say(`${name} went with ${event.code}`); });
          return new Response(null, { status: 101, webSocket: client });
        },
      };
      """;

  @TempDir private static Path scratch;
  private static Vertx here;
  private static Vertx there;
  private static int near;
  private static int far;
  private static String deployment;

  /// Somebody in the room.
  private static final class Member implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private int bytes;
    private final WebSocket socket;

    Member(HttpClient http, int port, String room, String name) throws Exception {
      socket = http.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + port + "/" + room + "?name=" + name), this).get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        heard.add(text.length() > 100 ? text.length() + " characters" : text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      bytes += data.remaining();
      if (last) {
        heard.add(bytes + " bytes");
        bytes = 0;
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      heard.add("close " + code);
      return null;
    }

    void say(String what) throws Exception {
      socket.sendText(what, true).get(SECONDS, TimeUnit.SECONDS);
    }

    String next() throws InterruptedException {
      return String.valueOf(heard.poll(SECONDS, TimeUnit.SECONDS));
    }
  }

  @BeforeAll
  static void start() throws Exception {
    int seed = freePort();
    here = node(seed, seed);
    there = node(freePort(), seed);
    ExchangeBus.of(here, BUS);
    ExchangeBus.of(there, BUS);
    Path worker = Files.writeString(scratch.resolve("chat.js"), CHAT);
    WorkerOptions options = WorkerOptions.of(request -> Future.failedFuture("no network")).withDrain(Duration.ofMillis(300));
    deployment = await(there.deployVerticle(new WorkerVerticle(WorkerLoader.load(worker, LoadOptions.DEFAULT).definition(), options)));
    near = edge(there);
    far = edge(here);
  }

  @AfterAll
  static void stop() throws Exception {
    await(there.close());
    await(here.close());
  }

  @Test
  void everybodyHearsEverybodyAcrossTheClusterUntilTheWorkerStops() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Member ada = new Member(http, near, "tea", "ada");
      assertEquals("ada came", ada.next());
      Member bob = new Member(http, far, "tea", "bob");
      assertEquals("bob came", bob.next());
      assertEquals("bob came", ada.next());
      Member other = new Member(http, far, "coffee", "eve");
      assertEquals("eve came", other.next());

      bob.say("grüße");
      ada.say("x".repeat(500_000));
      ada.socket.sendBinary(ByteBuffer.allocate(300_000), true).get(SECONDS, TimeUnit.SECONDS);
      for (Member member : new Member[] {ada, bob}) {
        assertEquals("bob: grüße", member.next());
        assertEquals("500005 characters", member.next());
        assertEquals("300000 bytes", member.next());
      }

      // As long as a body may be quiet between two nodes, and a bit more.
      assertEquals(Failure.Code.DEADLINE, Failure.of(stuckBody()).code());
      bob.say("still there");
      assertEquals("bob: still there", ada.next());
      assertEquals("bob: still there", bob.next());

      bob.socket.abort();
      assertEquals("bob went with 1006", ada.next());
      other.socket.sendClose(4000, "enough").get(SECONDS, TimeUnit.SECONDS);
      assertEquals("close 4000", other.next());

      Member cleo = new Member(http, far, "tea", "cleo");
      assertEquals("cleo came", cleo.next());
      assertEquals("cleo came", ada.next());
      await(there.undeploy(deployment));
      assertEquals("close 1012", cleo.next());
      assertEquals("close 1012", ada.next());
    }
  }

  /// How the body of a response ends that is quiet for too long.
  private static Throwable stuckBody() throws Exception {
    Promise<Throwable> broke = Promise.promise();
    here.runOnContext(_ -> ExchangeBus.of(here).call("chat", new ExchangeRequest("GET", "http", "chat", "/stuck", MultiMap.caseInsensitiveMultiMap(), Body.EMPTY,
        ExchangeContext.start(Deadline.after(Duration.ofSeconds(SECONDS))))).onComplete(response -> {
          if (response.failed()) {
            broke.complete(response.cause());
          } else {
            ((Body.Stream) response.result().body()).stream().exceptionHandler(broke::tryComplete).resume();
          }
        }));
    return await(broke.future());
  }

  private static int edge(Vertx vertx) throws Exception {
    AtomicInteger port = new AtomicInteger();
    ExchangeHandler chat = request -> ExchangeBus.of(vertx).call("chat", request);
    await(vertx.deployVerticle(() -> new VerticleBase() {
      @Override
      public Future<?> start() {
        return PlainEdge.listen(vertx, ListenerOptions.of(-1), chat).onSuccess(opened -> port.set(opened.port()));
      }
    }, new DeploymentOptions().setInstances(2)));
    return port.get();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Vertx node(int port, int seed) throws Exception {
    Config config = ConfigUtil.loadConfig();
    config.setClusterName("socket-test-" + seed);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.graceful.shutdown.max.wait", "5");
    config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + seed);
    VertxOptions options = new VertxOptions().setEventLoopPoolSize(2).setEventBusOptions(new EventBusOptions().setHost("127.0.0.1"));
    return await(Vertx.builder().with(options).withClusterManager(new HazelcastClusterManager(config)).buildClustered());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(SECONDS, TimeUnit.SECONDS);
  }
}
