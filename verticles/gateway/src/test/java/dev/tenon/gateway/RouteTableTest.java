package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.contract.Contract;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RouteTableTest {

  private static final RouteTable TABLE = table("/a", "/a/{x}", "/a/b", "/a/{x}/c", "/a/b/{y}/d", "/a/{x}/{y}/e", "/{any}", "/");

  private static RouteTable table(String... paths) {
    StringBuilder yaml = new StringBuilder("openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths:\n");
    for (String path : paths) {
      yaml.append("  ").append(path).append(":\n    get:\n      operationId: '").append(path).append("'\n      responses: { '200': { description: ok } }\n");
      if (path.contains("{")) {
        yaml.append("    parameters:\n");
        path.lines().flatMap(line -> Pattern.compile("\\{(\\w+)}").matcher(line).results()).forEach(match ->
            yaml.append("      - { name: ").append(match.group(1)).append(", in: path, required: true, schema: { type: string } }\n"));
      }
    }
    return RouteTable.of(List.of(new Route("t", Contract.parse("t", yaml.toString()))));
  }

  private static void check(String path, String expected) {
    RouteTable.Found found = TABLE.find(path);
    assertEquals(expected, found == null ? "nothing" : found.entry().find("GET").operation().path() + " " + found.values(), path);
  }

  @Test
  void literalSegmentsComeBeforeVariables() {
    check("/a", "/a []");
    check("/a/b", "/a/b []");
    check("/a/z", "/a/{x} [z]");
    check("/z", "/{any} [z]");
    check("/", "/ []");
  }

  @Test
  void aLiteralThatLeadsNowhereIsTakenBack() {
    check("/a/b/c", "/a/{x}/c [b]");
    check("/a/b/q/d", "/a/b/{y}/d [q]");
    check("/a/b/q/e", "/a/{x}/{y}/e [b, q]");
  }

  @Test
  void segmentsAreComparedAsSent() {
    check("/a/b%2Fc", "/a/{x} [b%2Fc]");
    check("/%61", "/{any} [%61]");
    check("/A", "/{any} [A]");
    check("/a/", "nothing");
    check("/a//c", "nothing");
    check("//a", "nothing");
    check("/a/b/c/d/e/f", "nothing");
  }

  @Test
  void targetsThatReadersCouldChangeAreNone() {
    for (String target : List.of("", "*", "a", "/a/../b", "/a/.", "/.", "/a/%2e%2E/b", "/a/.%2e", "/a\\b", "/a#b", "/a b", "/ü", "/a?b c", "/a?\u0000")) {
      assertEquals(Optional.empty(), Target.parse(target), target);
    }
    assertEquals(Optional.of(new Target("/a/...", "b=../..&c=\\")), Target.parse("/a/...?b=../..&c=\\"));
    assertEquals(Optional.of(new Target("/.well-known/x", "")), Target.parse("/.well-known/x"));
  }
}
