package dev.tenon.cli;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.component.Consumed;
import dev.tenon.contract.component.Manifest;
import dev.tenon.contract.component.SemanticVersion;
import dev.tenon.contract.gate.ComponentVersion;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a node's control listener says of the components that are live.
final class LiveComponents {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final String control;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(DEADLINE).build();

  /// @param control of the listener: `http://127.0.0.1:8090`
  LiveComponents(String control) {
    this.control = control.endsWith("/") ? control.substring(0, control.length() - 1) : control;
    if (!this.control.matches("https?://[^/\\s]+(/\\S*)?")) {
      throw Complaint.misuse("--control – '" + control + "' is not a URL – write it as http://127.0.0.1:8090");
    }
  }

  /// @throws Complaint when the node cannot be asked, or answers something else
  List<ComponentVersion> read() {
    String answer = get("/components").orElseThrow(() -> new Complaint(control + " – it has no /components – name the control listener of a node"));
    List<ComponentVersion> live = new ArrayList<>();
    try {
      for (Object one : new JsonObject(answer).getJsonArray("components")) {
        live.add(version((JsonObject) one));
      }
    } catch (DecodeException | ClassCastException | NullPointerException other) {
      throw new Complaint(control + " – what it says of its components cannot be read – name the control listener of a node of this version", other);
    }
    return live;
  }

  /// The live contract of a component, as JSON; empty when it has none, or is not live.
  Optional<String> contract(String component) {
    return get("/components/" + component + "/contract");
  }

  private ComponentVersion version(JsonObject one) {
    String name = one.getString("component");
    SemanticVersion version = SemanticVersion.parse(one.getString("version")).orElse(SemanticVersion.of(0, 0, 0));
    Set<ComponentVersion.Called> calls = new HashSet<>();
    for (Object call : one.getJsonArray("calls", new JsonArray())) {
      calls.add(new ComponentVersion.Called(((JsonObject) call).getString("component"), ((JsonObject) call).getString("operation")));
    }
    try {
      return new ComponentVersion(name, version, contract(name).map(text -> Contract.parse(name, text)), consumes(one), calls);
    } catch (ContractException wrong) {
      throw new Complaint(control + " – the contract of " + name + " cannot be read:\n" + wrong.getMessage(), wrong);
    }
  }

  private static Map<String, Consumed> consumes(JsonObject one) {
    return new LinkedHashMap<>(Manifest.parse(new JsonObject().put("consumes", one.getJsonObject("consumes", new JsonObject())).encode(), "component.yaml").consumes());
  }

  private Optional<String> get(String path) {
    try {
      HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create(control + path)).timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofString());
      return switch (response.statusCode()) {
        case 200 -> Optional.of(response.body());
        case 404 -> Optional.empty();
        default -> throw new Complaint(control + path + " – it answers " + response.statusCode() + " – see the log of the node");
      };
    } catch (IOException unreachable) {
      throw new Complaint(control + " – nothing answers there (" + unreachable.getClass().getSimpleName() + ") – start the node, or correct --control", unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Complaint(control + " – the command was interrupted", stopped);
    }
  }
}
