package dev.tenon.gateway;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Operation;
import dev.tenon.contract.Parameter;
import dev.tenon.contract.Response;
import java.util.List;
import java.util.Optional;

/// Checks the head of an answer against the contract, and says what is to be done with its body.
sealed interface AnswerCheck {

  /// Answers up to this size are read whole and checked.
  int CHECKED_BYTES_MAX = 16 * 1024 * 1024;

  /// The answer goes on as it is.
  record PassOn() implements AnswerCheck {}

  /// The body is to be read whole and checked first.
  record CheckBody(MediaType type) implements AnswerCheck {}

  /// The answer is not what the contract says.
  record Violates(String how) implements AnswerCheck {}

  PassOn PASS_ON = new PassOn();

  static AnswerCheck of(ExchangeResponse answer, Operation operation) {
    int status = answer.status();
    if (answer.grantsWebSocket() && grantsWebSockets(operation)) {
      return PASS_ON;
    }
    if (status < 200 || status > 599) {
      return new Violates("the status " + status + " is none that ends an exchange");
    }
    Optional<Response> response = operation.response(status);
    if (response.isEmpty()) {
      return new Violates("the status " + status + " is not among the responses of " + operation.id());
    }
    String headers = headers(answer, response.get());
    return headers.isEmpty() ? content(answer, response.get()) : new Violates(headers);
  }

  /// Whether a contract lets clients ask for a WebSocket here: it names the status 101 among the responses.
  static boolean grantsWebSockets(Operation operation) {
    return operation.response(101).filter(response -> response.status().equals("101")).isPresent();
  }

  private static String headers(ExchangeResponse answer, Response response) {
    for (Parameter header : response.headers()) {
      List<String> values = answer.headers().getAll(header.name());
      Optional<String> problem = FormBody.headerProblem(header, values.isEmpty() ? Optional.empty() : Optional.of(values.size() == 1 ? values.getFirst() : String.join(",", values)));
      if (problem.isPresent()) {
        return "the header \"" + header.name() + "\" " + problem.get();
      }
    }
    return "";
  }

  private static AnswerCheck content(ExchangeResponse answer, Response response) {
    boolean empty = answer.body() instanceof Body.Empty;
    if (response.content().isEmpty()) {
      return empty || answer.body() instanceof Body.Stream ? PASS_ON : new Violates("a body is there, and the response " + response.status() + " has none");
    }
    if (empty || answer.status() == 204 || answer.status() == 304) {
      return answer.status() == 204 || answer.status() == 304 ? PASS_ON : new Violates("the body is missing");
    }
    String contentType = answer.headers().get("content-type");
    if (contentType == null) {
      return new Violates("the Content-Type is missing");
    }
    Optional<MediaType> type = response.content().find(contentType);
    if (type.isEmpty()) {
      return new Violates("the Content-Type \"" + MediaType.essence(contentType) + "\" is not among " + names(response));
    }
    if (!BodyCheck.isNeeded(type.get()) || type.get().schema().isEmpty()) {
      return PASS_ON;
    }
    return isEncoded(answer) ? new Violates("the body has a Content-Encoding, and cannot be checked") : new CheckBody(type.get());
  }

  private static boolean isEncoded(ExchangeResponse answer) {
    String encoding = answer.headers().get("content-encoding");
    return encoding != null && !encoding.equalsIgnoreCase("identity");
  }

  private static String names(Response response) {
    List<MediaType> types = response.content().types();
    return types.stream().map(MediaType::range).toList().toString();
  }
}
