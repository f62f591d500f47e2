package dev.tenon.worker.wpt;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a request's `pipe` parameter asks to be done to a file's answer: `status`, `header`, `sub`, `slice`, `trickle` and `gzip` are known.
///
/// @see <a href="https://web-platform-tests.org/writing-tests/server-pipes.html">server pipes</a>
final class Pipes {

  /// A step: its name and its arguments, in which a backslash takes the next character as it is.
  private static final Pattern STEP = Pattern.compile("(\\w+)(?:\\(((?:[^\\\\)]|\\\\.)*)\\))?");
  private static final Pattern DELAY = Pattern.compile("d(\\d*\\.?\\d+)");

  private Pipes() {}

  static void apply(HttpServerRequest request, Answer answer, Substitutions substitutions) {
    String pipe = request.getParam("pipe");
    List<String> trickle = List.of();
    Matcher step = STEP.matcher(pipe == null ? "" : pipe);
    while (step.find()) {
      List<String> arguments = arguments(step.group(2) == null ? "" : step.group(2));
      switch (step.group(1)) {
        case "status" -> answer.status = Integer.parseInt(arguments.getFirst());
        case "header" -> header(answer, arguments);
        case "sub" -> answer.body(substitutions.apply(answer.text(), request.params(), request.headers()).getBytes(StandardCharsets.UTF_8));
        case "slice" -> answer.body(slice(answer.body, arguments));
        case "trickle" -> trickle = Arrays.asList(step.group(2).split(":"));
        default -> throw new IllegalArgumentException("pipe " + step.group(1) + " is not known to this server");
      }
    }
    send(request, answer, trickle);
  }

  private static List<String> arguments(String text) {
    List<String> arguments = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        current.append(text.charAt(++i));
      } else if (c == ',') {
        arguments.add(current.toString());
        current.setLength(0);
      } else {
        current.append(c);
      }
    }
    arguments.add(current.toString());
    return arguments;
  }

  private static void header(Answer answer, List<String> arguments) {
    String value = arguments.size() > 1 ? arguments.get(1).strip() : "";
    if (arguments.size() > 2 && arguments.get(2).strip().matches("(?i)true|1")) {
      answer.headers.add(arguments.getFirst(), value);
    } else {
      answer.headers.set(arguments.getFirst(), value);
    }
  }

  private static byte[] slice(byte[] body, List<String> arguments) {
    int from = arguments.getFirst().equals("null") ? 0 : Integer.parseInt(arguments.getFirst().strip());
    int to = arguments.size() < 2 || arguments.get(1).equals("null") ? body.length : Integer.parseInt(arguments.get(1).strip());
    return Arrays.copyOfRange(body, Math.min(from, body.length), Math.min(to, body.length));
  }

  private static void send(HttpServerRequest request, Answer answer, List<String> trickle) {
    HttpServerResponse response = request.response().setStatusCode(answer.status);
    answer.headers.forEach(each -> response.headers().add(each.getKey(), each.getValue()));
    long millis = 0;
    for (String part : trickle) {
      Matcher delay = DELAY.matcher(part);
      millis += delay.matches() ? (long) (1000 * Double.parseDouble(delay.group(1))) : 0;
    }
    Runnable end = () -> response.end(Buffer.buffer(answer.body));
    if (millis == 0) {
      end.run();
    } else {
      // Deviation: everything is sent after all of the delays, which is what tests look at.
      Vertx.currentContext().owner().setTimer(millis, _ -> end.run());
    }
  }

  /// A file as it will be sent.
  static final class Answer {
    private int status = 200;
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private byte[] body;

    Answer(byte[] body) {
      this.body = body;
    }

    MultiMap headers() {
      return headers;
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    void body(byte[] other) {
      body = other;
    }
  }
}
