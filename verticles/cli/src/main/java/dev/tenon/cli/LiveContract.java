package dev.tenon.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Asks a running system for the contract of a component.
final class LiveContract {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private LiveContract() {}

  /// @param controlUrl of the control listener
  static String fetch(String controlUrl, String component) {
    URI uri = uri(controlUrl, component);
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(DEADLINE).build()) {
      HttpResponse<String> response = client.send(HttpRequest.newBuilder(uri).timeout(DEADLINE).GET().build(), HttpResponse.BodyHandlers.ofString());
      return switch (response.statusCode()) {
        case 200 -> response.body();
        case 404 -> throw new Complaint("live:" + component + " – no such component with a contract is live at " + controlUrl + " – tenon status says which are");
        default -> throw new Complaint("live:" + component + " – " + uri + " answered " + response.statusCode() + " – check --control-url");
      };
    } catch (IOException e) {
      throw new Complaint("live:" + component + " – nothing answers at " + controlUrl + " – start the system (tenon up), or say where it is with --control-url", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Complaint("live:" + component + " – waiting for it was interrupted – run the command again", e);
    }
  }

  private static URI uri(String controlUrl, String component) {
    try {
      URI base = new URI(controlUrl);
      if (!"http".equals(base.getScheme()) && !"https".equals(base.getScheme())) {
        throw new URISyntaxException(controlUrl, "no http or https");
      }
      return base.resolve(new URI(null, null, "/components/" + component + "/contract", null));
    } catch (URISyntaxException e) {
      throw Complaint.misuse("--control-url – \"" + controlUrl + "\" is not an address of HTTP – write it as http://127.0.0.1:8090");
    }
  }
}
