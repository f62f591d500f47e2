package dev.tenon.system;

import dev.tenon.system.PlainHttp.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One request to the worker of an area of web APIs.
///
/// @param name `AREA METHOD TARGET`, with a number behind it where that is not the first of its kind
/// @param until what the console's last line starts with; empty when nothing is said after the answer
record WorkerCase(String area, String name, Request request, String until) {

  /// Reads an area's list of requests. A line at the margin is a request, `METHOD TARGET`; those indented below it are its headers, its body behind `| ` with
  /// `\r`, `\n` and `\xNN` for what cannot be written (lines of it follow each other without anything between them), and `until TEXT` for a console line to
  /// wait for. `#` begins a comment.
  static List<WorkerCase> read(String area, String text) {
    List<WorkerCase> cases = new ArrayList<>();
    List<String> block = new ArrayList<>();
    for (String line : (text + "\nend").split("\n")) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (!line.startsWith(" ") && !block.isEmpty()) {
        cases.add(of(area, block, cases));
        block.clear();
      }
      block.add(line);
    }
    return cases;
  }

  /// A GET without anything.
  static WorkerCase get(String area, String target) {
    return of(area, List.of("GET " + target), List.of());
  }

  private static WorkerCase of(String area, List<String> block, List<WorkerCase> before) {
    String line = block.getFirst().strip();
    List<String> headers = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    String until = "";
    for (String each : block.subList(1, block.size())) {
      String part = each.strip();
      if (part.startsWith("|")) {
        body.append(part.substring(Math.min(2, part.length())));
      } else if (part.startsWith("until ")) {
        until = part.substring("until ".length());
      } else {
        headers.add(unescaped(part));
      }
    }
    String name = area + " " + line;
    long same = before.stream().filter(other -> other.name().equals(name) || other.name().startsWith(name + " #")).count();
    int space = line.indexOf(' ');
    return new WorkerCase(area, same == 0 ? name : name + " #" + (same + 1),
        new Request(line.substring(0, space), line.substring(space + 1), headers, unescaped(body.toString()).getBytes(StandardCharsets.ISO_8859_1)), until);
  }

  /// Bytes as characters.
  private static String unescaped(String text) {
    StringBuilder bytes = new StringBuilder();
    String utf8 = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    for (int i = 0; i < utf8.length(); i++) {
      char c = utf8.charAt(i);
      if (c != '\\') {
        bytes.append(c);
        continue;
      }
      switch (utf8.charAt(++i)) {
        case 'r' -> bytes.append('\r');
        case 'n' -> bytes.append('\n');
        case 'x' -> {
          bytes.append((char) Integer.parseInt(utf8.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> bytes.append(utf8.charAt(i));
      }
    }
    return bytes.toString();
  }
}
