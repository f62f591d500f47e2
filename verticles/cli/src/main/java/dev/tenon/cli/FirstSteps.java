package dev.tenon.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Three `curl` lines that show the reference system at work. They can be pasted one after the other, and again later: registering a second time
/// answers that the user is there already, and the lines after it work the same.
final class FirstSteps {

  private static final String CREDENTIALS = "'{\"email\":\"ada@example.org\",\"password\":\"correct horse battery\"}'";
  private static final String JSON = "-H 'content-type: application/json'";

  private FirstSteps() {}

  /// @param edge where the edge listens, e.g. `http://127.0.0.1:8080`
  /// @param components that run
  /// @return nothing when there is no auth
  static List<String> lines(String edge, Set<String> components, Path home) {
    if (!components.contains("auth")) {
      return List.of();
    }
    return List.of(
        "curl -s " + edge + "/auth/register " + JSON + " -d " + CREDENTIALS,
        "TOKEN=$(curl -s " + edge + "/auth/login " + JSON + " -d " + CREDENTIALS + " | sed 's/.*\"accessToken\" *: *\"\\([^\"]*\\)\".*/\\1/')",
        last(edge, components, home));
  }

  private static String last(String edge, Set<String> components, Path home) {
    Path picture = home.resolve("contracts/image/examples/gradient.jpg");
    if (components.contains("image-worker") && Files.exists(picture)) {
      return "curl -s '" + edge + "/image/resize?width=16&format=png' -H \"authorization: Bearer $TOKEN\" -H 'content-type: image/jpeg'"
          + " --data-binary @" + quoted(picture.toString()) + " -o small.png -w '%{http_code} %{content_type} %{size_download} bytes\\n'";
    }
    if (components.contains("ai-worker")) {
      return "curl -s " + edge + "/ai/summarize -H \"authorization: Bearer $TOKEN\" " + JSON
          + " -d '{\"text\":\"Bees live together. They dance to tell each other where flowers are. Rain keeps them at home.\",\"sentences\":1}'";
    }
    return "curl -s " + edge + "/auth/me -H \"authorization: Bearer $TOKEN\"";
  }

  private static String quoted(String path) {
    return path.matches("[\\w./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
