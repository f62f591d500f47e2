package dev.tenon.system;

import dev.tenon.system.PlainHttp.Response;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a request to a worker came to, in lines that can be compared: status, headers, body, console, and what was thrown and not caught.
final class WorkerAnswer {

  /// Headers that belong to a connection, or to the moment.
  private static final Set<String> TRANSPORT = Set.of("date", "connection", "keep-alive");

  /// Lines of stack traces; engines name the same place differently.
  private static final Pattern FRAME = Pattern.compile("\\n\\s+at (?:[^\\n]*?\\([^\\n()]*\\)|\\S+:\\d+:\\d+)");

  private static final String UNCAUGHT = "Uncaught ";

  private WorkerAnswer() {}

  /// @param console lines of the console, each with its level before it; those that begin with `error Uncaught` say what was thrown
  static List<String> lines(Response response, List<String> console) {
    List<String> lines = new ArrayList<>();
    lines.add((response.status() + " " + response.reason()).strip());
    if (isOfFailedWorker(response)) {
      return withConsole(List.of("(the runtime's own page for a worker that failed)"), console);
    }
    Map<String, List<String>> headers = new TreeMap<>(response.headers());
    headers.keySet().removeAll(TRANSPORT);
    if (response.body().length > 0) {
      headers.remove("content-length", List.of(String.valueOf(response.body().length)));
    }
    headers.forEach((name, values) -> values.forEach(value -> lines.add(name + ": " + value)));
    if (response.body().length > 0) {
      text(response.body()).lines().map(line -> "| " + line).forEach(lines::add);
    }
    if (response.cut()) {
      lines.add("(cut off)");
    }
    return withConsole(lines, console);
  }

  /// workerd answers with three words, we with a problem document that has the log's reference.
  private static boolean isOfFailedWorker(Response response) {
    String body = text(response.body());
    return response.status() == 500 && (body.equals("Internal Server Error") || body.startsWith("{\"type\":\"urn:tenon:problem:component-failed\""));
  }

  private static List<String> withConsole(List<String> answer, List<String> console) {
    List<String> lines = new ArrayList<>(answer);
    console.stream().filter(line -> !isUncaught(line)).flatMap(line -> FRAME.matcher(line).replaceAll("").lines()).map(line -> "> " + line).forEach(lines::add);
    console.stream().filter(WorkerAnswer::isUncaught).map(line -> "> " + line.lines().findFirst().orElseThrow()).forEach(lines::add);
    return lines;
  }

  private static boolean isUncaught(String line) {
    return line.startsWith("error " + UNCAUGHT);
  }

  /// Whether a trace is of a case's request.
  static boolean isOf(JsonObject trace, WorkerCase one) {
    return one.request().method().equals(trace.getString("method")) && trace.getString("url").contains(one.request().target().split("[?#]")[0]);
  }

  /// What workerd tells a tail of a request that is over, as lines of a console.
  static List<String> uncaught(JsonObject trace) {
    return trace.getJsonArray("exceptions").stream()
        .map(JsonObject.class::cast)
        .map(thrown -> "error " + UNCAUGHT + thrown.getString("name") + ": " + thrown.getString("message"))
        .toList();
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString().replace("\r", "\\r");
    } catch (CharacterCodingException binary) {
      return "0x" + HexFormat.of().formatHex(body);
    }
  }
}
