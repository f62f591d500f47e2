package dev.tenon.prove;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How the cases of one contract went.
///
/// @param preparation lines for a shell that set what the `curl` lines of failures use
public record TestReport(long seed, List<Verdict> verdicts, List<String> gaps, List<String> unreached, List<String> preparation) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public TestReport {
    verdicts = List.copyOf(verdicts);
    gaps = List.copyOf(gaps);
    unreached = List.copyOf(unreached);
    preparation = List.copyOf(preparation);
  }

  /// The report of cases that have run. Operations that no request reached count only when all cases have.
  public static TestReport of(ContractTests tests, List<Verdict> verdicts) {
    return new TestReport(tests.seed(), verdicts, tests.gaps(), verdicts.size() == tests.cases().size() ? tests.unreached() : List.of(), tests.preparation());
  }

  public boolean passed() {
    return unreached.isEmpty() && verdicts.stream().allMatch(Verdict::passed);
  }

  private long failures() {
    return verdicts.stream().filter(verdict -> !verdict.passed()).count();
  }

  /// What follows the failures, which are printed as they come.
  public String text() {
    StringBuilder text = new StringBuilder();
    gaps.forEach(gap -> text.append("not tried: ").append(gap).append('\n'));
    unreached.forEach(each -> text.append("not reached: ").append(each).append('\n'));
    if (failures() > 0 && !preparation.isEmpty()) {
      text.append("before a curl line from above:\n");
      preparation.forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.append(verdicts.size() - failures()).append(" of ").append(verdicts.size()).append(" cases passed, seed ").append(seed).append('\n').toString();
  }

  public String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("seed", seed);
    root.put("passed", passed());
    root.put("cases", verdicts.stream().map(verdict -> {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("id", verdict.id());
      each.put("what", verdict.what());
      each.put("status", verdict.status());
      each.put("passed", verdict.passed());
      each.put("wrong", verdict.wrong());
      each.put("curl", verdict.curl());
      return each;
    }).toList());
    root.put("notTried", gaps);
    root.put("notReached", unreached);
    root.put("preparation", preparation);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// For tools that read JUnit's reports.
  public String junit() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuite name=\"contract\" tests=\"").append(verdicts.size() + unreached.size()).append("\" failures=\"").append(failures() + unreached.size()).append("\" errors=\"0\" skipped=\"0\">\n");
    xml.append("  <properties><property name=\"seed\" value=\"").append(seed).append("\"/></properties>\n");
    for (Verdict verdict : verdicts) {
      String operation = verdict.id().substring(0, verdict.id().indexOf('/'));
      testcase(xml, operation, verdict.id(), verdict.passed() ? "" : verdict.message());
    }
    unreached.forEach(each -> testcase(xml, each.split(" ")[0], each.split(" ")[0] + "/reached", each));
    return xml.append("</testsuite>\n").toString();
  }

  private static void testcase(StringBuilder xml, String operation, String id, String failure) {
    xml.append("  <testcase classname=\"").append(escaped(operation)).append("\" name=\"").append(escaped(id)).append('"');
    if (failure.isEmpty()) {
      xml.append("/>\n");
    } else {
      xml.append(">\n    <failure message=\"").append(escaped(failure.lines().skip(1).findFirst().orElse(failure).strip())).append("\">").append(escaped(failure)).append("</failure>\n  </testcase>\n");
    }
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(c -> {
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        default -> escaped.appendCodePoint(c == '\n' || c == '\t' || c >= ' ' && (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF ? c : '?');
      }
    });
    return escaped.toString();
  }
}
