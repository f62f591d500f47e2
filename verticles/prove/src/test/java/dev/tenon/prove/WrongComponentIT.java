package dev.tenon.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A component that is wrong in one way is caught for that, and the `curl` line of the failure shows it.
class WrongComponentIT {

  @TempDir private Path bodies;

  /// One row: how the component is wrong, the case that finds it, what is said, and what the `curl` line shows of it: something in its output, or `exit N`.
  private void check(Deviation deviation, String caseId, String expected, String shown) throws Exception {
    try (WrongComponent component = WrongComponent.start(deviation)) {
      ContractTests tests = tests(component);
      ContractCase tested = tests.cases().stream().filter(each -> each.id().equals(caseId)).findFirst()
          .orElseThrow(() -> new AssertionError(caseId + " is not among " + tests.cases().stream().map(ContractCase::id).toList()));
      Verdict verdict = tests.run(tested);
      assertEquals(List.of(expected), verdict.wrong());
      assertFalse(verdict.message().contains(WrongComponent.TOKEN), verdict.message());
      String curled = shell(verdict.curl());
      assertTrue(curled.contains(shown), () -> verdict.curl() + "\n" + curled);
    }
  }

  private ContractTests tests(WrongComponent component) {
    ContractTests.Options options = ContractTests.Options.at(component.url()).withTimeout(Duration.ofSeconds(1)).withToken(WrongComponent.TOKEN).withBodies(bodies);
    return ContractTests.of(WrongComponent.CONTRACT, Path.of("").toAbsolutePath(), SetUp.NONE, options);
  }

  private static String shell(String line) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", line + "; echo \" exit $?\"").redirectErrorStream(true);
    builder.environment().put("TOKEN", WrongComponent.TOKEN);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), line);
    return out;
  }

  @Test
  void nothingIsSaidOfAComponentThatIsRight() throws Exception {
    try (WrongComponent component = WrongComponent.start(Deviation.NONE)) {
      ContractTests tests = tests(component);
      List<String> failed = tests.cases().stream().map(tests::run).filter(verdict -> !verdict.passed()).map(Verdict::message).toList();
      assertEquals(List.of(), failed);
      assertEquals(List.of(), tests.unreached());
      assertEquals(List.of(), tests.gaps());
      assertTrue(tests.cases().size() > 40, tests.cases().size() + " cases");
    }
  }

  @Test
  void statusesThatAreNotDeclared() throws Exception {
    check(Deviation.UNDECLARED_STATUS, "getThing/example/path-id/example", "the status 418 is not among the responses of getThing (200, 400, 401)", "HTTP/1.1 418");
    check(Deviation.UNDOCUMENTED_REDIRECT, "getThing/valid/typical", "the status 302 is not among the responses of getThing (200, 400, 401), a redirect to /elsewhere", "location: /elsewhere");
  }

  @Test
  void failuresOfTheServer() throws Exception {
    try (WrongComponent component = WrongComponent.start(Deviation.SERVER_ERROR)) {
      ContractTests tests = tests(component);
      Verdict verdict = tests.run(tests.cases().stream().filter(each -> each.id().equals("getThing/valid/typical")).findFirst().orElseThrow());
      assertEquals(List.of("the server failed: status 500", "the status 500 is not among the responses of getThing (200, 400, 401)"), verdict.wrong());
      assertTrue(shell(verdict.curl()).contains("HTTP/1.1 500"));
      tests.cases().forEach(tests::run);
      assertEquals(List.of("getThing – no request was answered with a 2xx – say in test.yaml what its requests need"), tests.unreached());
    }
  }

  @Test
  void headers() throws Exception {
    check(Deviation.MISSING_HEADER, "makeThing/example/lamp", "the header \"Location\" is required and missing", "HTTP/1.1 201");
    check(Deviation.WRONG_HEADER_VALUE, "makeThing/example/lamp", "the header \"Location\" must match the pattern ^/things/[0-9]+$", "location: elsewhere");
  }

  @Test
  void bodies() throws Exception {
    check(Deviation.WRONG_CONTENT_TYPE, "getThing/valid/typical", "the Content-Type \"text/html\" is not among application/json", "content-type: text/html");
    check(Deviation.MISSING_CONTENT_TYPE, "getThing/valid/typical", "the Content-Type is missing", "HTTP/1.1 200");
    check(Deviation.MISSING_BODY, "getThing/valid/typical", "the body is missing", "content-length: 0");
    check(Deviation.BODY_WHERE_NONE_IS, "removeThing/valid/typical", "bytes follow an answer that has no body (204)", "HTTP/1.1 204");
    check(Deviation.NOT_JSON, "getThing/valid/typical", "the body is not JSON at line 1, column 9: it ends where a name is expected", "{\"id\":7,");
    check(Deviation.MISSING_MEMBER, "getThing/valid/typical", "the body is not as its schema says: /name is required and missing", "{\"id\":7}");
    check(Deviation.WRONG_TYPE, "getThing/valid/typical", "the body is not as its schema says: /id must be a whole number, and is a string", "{\"id\":\"7\"");
    check(Deviation.EXTRA_MEMBER, "getThing/valid/typical", "the body is not as its schema says: /owner is not a property that is known here", "\"owner\"");
  }

  @Test
  void whatIsTakenAndWhatIsRefused() throws Exception {
    check(Deviation.ACCEPTS_INVALID_BODY, "makeThing/invalid/body/name-maxlength", "an invalid request was accepted: status 201, and a 4xx is expected", "HTTP/1.1 201");
    check(Deviation.ACCEPTS_INVALID_PARAMETER, "getThing/invalid/path-id-maximum", "an invalid request was accepted: status 200, and a 4xx is expected", "HTTP/1.1 200");
    check(Deviation.REJECTS_VALID, "makeThing/valid/body-minimal", "a valid request was refused: status 422", "HTTP/1.1 422");
    check(Deviation.PROBLEM_WITH_OTHER_STATUS, "makeThing/invalid/body/name-required", "the problem document says status 499, and the answer has 422", "\"status\":499");
    try (WrongComponent component = WrongComponent.start(Deviation.REFUSAL_WITHOUT_PROBLEM)) {
      ContractTests tests = tests(component);
      Verdict verdict = tests.run(tests.cases().stream().filter(each -> each.id().equals("makeThing/invalid/body/name-required")).findFirst().orElseThrow());
      assertEquals(List.of("the refusal is no problem document (application/problem+json)", "the Content-Type \"text/plain\" is not among application/problem+json"), verdict.wrong());
      assertTrue(shell(verdict.curl()).contains("content-type: text/plain"));
    }
  }

  @Test
  void tokens() throws Exception {
    check(Deviation.NEEDS_NO_TOKEN, "getThing/invalid/no-token", "a request without a usable token was accepted: status 200, and 401 is expected", "HTTP/1.1 200");
    check(Deviation.NEEDS_NO_TOKEN, "getThing/invalid/bad-token", "a request without a usable token was accepted: status 200, and 401 is expected", "HTTP/1.1 200");
    check(Deviation.REFUSES_TOKEN, "getThing/valid/typical", "a request with a token was refused: status 401", "HTTP/1.1 401");
  }

  @Test
  void answersThatAreNotWhole() throws Exception {
    check(Deviation.NEVER_ANSWERS, "getThing/valid/typical", "no complete answer within 1.0 s", "exit 28");
    check(Deviation.SHORT_BODY, "getThing/valid/typical", "the body breaks off: the Content-Length announces 32 bytes, and 22 came", "exit 18");
    check(Deviation.LONG_BODY, "getThing/valid/typical", "the body is longer than announced: bytes follow the 17 bytes of the Content-Length", "{\"id\":7,\"name\":\"l");
    check(Deviation.CHUNKS_BREAK_OFF, "getThing/valid/typical", "the answer breaks off before a chunk", "exit 18");
    check(Deviation.NO_HTTP, "getThing/valid/typical", "the answer does not begin as HTTP does", "exit 1");
  }

  @Test
  void aBodyTooLongForALineIsInAFile() throws Exception {
    try (WrongComponent component = WrongComponent.start(Deviation.NONE)) {
      ContractTests tests = tests(component);
      Verdict verdict = tests.run(tests.cases().stream().filter(each -> each.id().equals("makeThing/invalid/body-too-large")).findFirst().orElseThrow());
      assertTrue(verdict.passed(), verdict.message());
      assertTrue(verdict.curl().contains("--data-binary '@" + bodies.toAbsolutePath()), verdict.curl());
      assertTrue(shell(verdict.curl()).contains("HTTP/1.1 413"));
    }
  }
}
