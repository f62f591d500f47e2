package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

/// A user of the reference system, registered and logged in through an edge.
///
/// @param accessToken works at the edge of any node of the same cluster
record Account(String email, String password, String accessToken) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Registers somebody new.
  static Account register(String edge) {
    String email = UUID.randomUUID() + "@example.org";
    String password = "a long enough password";
    HttpResponse<String> registered = TenonProcess.send(post(edge + "/auth/register", credentials(email, password)));
    assertEquals(201, registered.statusCode(), registered.body());
    return logIn(edge, email, password);
  }

  static Account logIn(String edge, String email, String password) {
    HttpResponse<String> tokens = TenonProcess.send(post(edge + "/auth/login", credentials(email, password)));
    assertEquals(200, tokens.statusCode(), tokens.body());
    return new Account(email, password, json(tokens.body()).get("accessToken").asText());
  }

  /// A request with this user's token.
  HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).header("authorization", "Bearer " + accessToken);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static HttpRequest post(String url, String json) {
    return HttpRequest.newBuilder(URI.create(url)).header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)).build();
  }

  private static String credentials(String email, String password) {
    return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
  }
}
