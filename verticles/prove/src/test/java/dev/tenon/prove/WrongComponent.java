package dev.tenon.prove;

import dev.tenon.contract.Contract;
import dev.tenon.contract.schema.JsonValue;
import dev.tenon.contract.schema.NotJsonException;
import dev.tenon.contract.schema.Schema;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A component that keeps its contract but for one thing. Speaks HTTP by itself, so that it can get that wrong too.
final class WrongComponent implements AutoCloseable {

  static final String TOKEN = "a-token-that-nobody-may-read";

  static final Contract CONTRACT = Contract.parse("things", """
      openapi: 3.1.0
      info: { title: things, version: 1.0.0 }
      security: [ bearer: [] ]
      paths:
        /things:
          post:
            operationId: makeThing
            requestBody:
              required: true
              content:
                application/json:
                  schema: { $ref: '#/components/schemas/NewThing' }
                  examples: { lamp: { value: { name: lamp } } }
            responses:
              '201':
                description: Made.
                headers: { Location: { required: true, schema: { type: string, pattern: '^/things/[0-9]+$' } } }
                content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
              '400': { $ref: '#/components/responses/Refused' }
              '401': { $ref: '#/components/responses/Refused' }
              '413': { $ref: '#/components/responses/Refused' }
              '415': { $ref: '#/components/responses/Refused' }
              '422': { $ref: '#/components/responses/Refused' }
        /things/{id}:
          get:
            operationId: getThing
            parameters:
              - { name: id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 1000 }, example: 7 }
            responses:
              '200':
                description: It.
                content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
              '400': { $ref: '#/components/responses/Refused' }
              '401': { $ref: '#/components/responses/Refused' }
          delete:
            operationId: removeThing
            parameters:
              - { name: id, in: path, required: true, schema: { type: integer, minimum: 1, maximum: 1000 }, example: 7 }
            responses:
              '204': { description: Gone. }
              '400': { $ref: '#/components/responses/Refused' }
              '401': { $ref: '#/components/responses/Refused' }
      components:
        securitySchemes: { bearer: { type: http, scheme: bearer } }
        responses:
          Refused: { description: Refused., content: { application/problem+json: { schema: { $ref: '#/components/schemas/Problem' } } } }
        schemas:
          NewThing: { type: object, additionalProperties: false, required: [name], properties: { name: { type: string, minLength: 1, maxLength: 20 } } }
          Thing: { type: object, additionalProperties: false, required: [id, name], properties: { id: { type: integer }, name: { type: string } } }
          Problem: { type: object, required: [type, title, status], properties: { type: { type: string }, title: { type: string }, status: { type: integer } } }
      """);

  private final Deviation deviation;
  private final ServerSocket server;
  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
  private final Schema newThing = CONTRACT.operations().getFirst().requestBody().orElseThrow().content().types().getFirst().schema().orElseThrow();

  private record Received(String method, String path, Map<String, String> headers, byte[] body) {}

  private record Answer(int status, Map<String, String> headers, String body) {
    static Answer problem(int status) {
      return new Answer(status, Map.of("content-type", "application/problem+json"), "{\"type\":\"about:blank\",\"title\":\"refused\",\"status\":" + status + "}");
    }

    static Answer json(int status, String body) {
      return new Answer(status, Map.of("content-type", "application/json"), body);
    }
  }

  private WrongComponent(Deviation deviation) throws IOException {
    this.deviation = deviation;
    this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  }

  static WrongComponent start(Deviation deviation) throws IOException {
    WrongComponent component = new WrongComponent(deviation);
    Thread.ofPlatform().daemon().name("wrong-component").start(component::accept);
    return component;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Received received = receive(new BufferedInputStream(socket.getInputStream()));
      Answer answer = answer(received);
      if (deviation == Deviation.NEVER_ANSWERS && answer.status() < 300) {
        socket.getInputStream().read();   // until the client goes
        return;
      }
      socket.getOutputStream().write(written(answer));
      socket.getOutputStream().flush();
    } catch (IOException gone) {
      // The client has heard enough.
    } finally {
      open.remove(socket);
    }
  }

  private static Received receive(InputStream in) throws IOException {
    String[] first = line(in).split(" ");
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Received(first[0], first[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private Answer answer(Received received) {
    boolean knows = received.headers().getOrDefault("authorization", "").equals("Bearer " + TOKEN);
    if (!knows && deviation != Deviation.NEEDS_NO_TOKEN || knows && deviation == Deviation.REFUSES_TOKEN) {
      return Answer.problem(401);
    }
    return received.path().equals("/things") ? make(received) : byId(received);
  }

  private Answer make(Received received) {
    if (received.body().length > 1024 * 1024) {
      return refusal(413);
    }
    if (received.body().length == 0) {
      return refusal(400);
    }
    if (!received.headers().getOrDefault("content-type", "").equals("application/json")) {
      return refusal(415);
    }
    try {
      Object value = JsonValue.read(received.body());
      boolean valid = newThing.accepts(value);
      if (!valid && deviation != Deviation.ACCEPTS_INVALID_BODY || valid && deviation == Deviation.REJECTS_VALID && value instanceof Map<?, ?> map && map.get("name").toString().length() == 1) {
        return refusal(422);
      }
    } catch (NotJsonException e) {
      return refusal(400);
    }
    Map<String, String> headers = new HashMap<>(Map.of("content-type", "application/json", "location", deviation == Deviation.WRONG_HEADER_VALUE ? "elsewhere" : "/things/7"));
    if (deviation == Deviation.MISSING_HEADER) {
      headers.remove("location");
    }
    return new Answer(201, headers, "{\"id\":7,\"name\":\"lamp\"}");
  }

  private Answer refusal(int status) {
    return switch (deviation) {
      case REFUSAL_WITHOUT_PROBLEM -> new Answer(status, Map.of("content-type", "text/plain"), "no");
      case PROBLEM_WITH_OTHER_STATUS -> new Answer(status, Answer.problem(status).headers(), Answer.problem(status).body().replace(Integer.toString(status), "499"));
      default -> Answer.problem(status);
    };
  }

  private Answer byId(Received received) {
    String id = received.path().substring("/things/".length());
    boolean valid = id.matches("[1-9][0-9]{0,3}") && Integer.parseInt(id) <= 1000;
    if (!valid && deviation != Deviation.ACCEPTS_INVALID_PARAMETER) {
      return refusal(400);
    }
    if (received.method().equals("DELETE")) {
      return new Answer(204, Map.of(), deviation == Deviation.BODY_WHERE_NONE_IS ? "gone" : "");
    }
    return switch (deviation) {
      case UNDECLARED_STATUS -> Answer.problem(418);
      case UNDOCUMENTED_REDIRECT -> new Answer(302, Map.of("location", "/elsewhere"), "");
      case SERVER_ERROR -> Answer.problem(500);
      case WRONG_CONTENT_TYPE -> new Answer(200, Map.of("content-type", "text/html"), "<p>7</p>");
      case MISSING_CONTENT_TYPE -> new Answer(200, Map.of(), "{\"id\":7,\"name\":\"lamp\"}");
      case MISSING_BODY -> Answer.json(200, "");
      case NOT_JSON -> Answer.json(200, "{\"id\":7,");
      case MISSING_MEMBER -> Answer.json(200, "{\"id\":7}");
      case WRONG_TYPE -> Answer.json(200, "{\"id\":\"7\",\"name\":\"lamp\"}");
      case EXTRA_MEMBER -> Answer.json(200, "{\"id\":7,\"name\":\"lamp\",\"owner\":\"ada\"}");
      default -> Answer.json(200, "{\"id\":7,\"name\":\"lamp\"}");
    };
  }

  private byte[] written(Answer answer) {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + answer.status() + " x\r\nconnection: close\r\n");
    answer.headers().forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    int length = answer.body().length();
    boolean good = answer.status() == 200;
    if (deviation == Deviation.NO_HTTP && good) {
      return answer.body().getBytes(StandardCharsets.UTF_8);
    }
    if (deviation == Deviation.CHUNKS_BREAK_OFF && good) {
      return text.append("transfer-encoding: chunked\r\n\r\n").append(Integer.toHexString(length)).append("\r\n").append(answer.body()).append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
    if (answer.status() != 204) {
      text.append("content-length: ").append(good && deviation == Deviation.SHORT_BODY ? length + 10 : good && deviation == Deviation.LONG_BODY ? length - 5 : length).append("\r\n");
    }
    return text.append("\r\n").append(answer.body()).toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
