package dev.tenon.contract.lint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// Findings as people and machines read them.
public final class FindingsReport {

  private static final JsonFactory JSON = new JsonFactory();

  /// What writes JSON.
  @FunctionalInterface
  private interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  private FindingsReport() {}

  /// A line for each finding.
  public static String text(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    findings.forEach(finding -> text.append(finding).append('\n'));
    return text.toString();
  }

  /// `{ "findings": [ { "rule", "severity", "file", "line", "column", "pointer", "message" } ] }`.
  public static String json(List<Finding> findings) {
    return written(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("findings");
      for (Finding finding : findings) {
        out.writeStartObject();
        out.writeStringField("rule", finding.rule().id());
        out.writeStringField("severity", finding.severity().word());
        out.writeStringField("file", finding.at().file());
        out.writeNumberField("line", finding.at().line());
        out.writeNumberField("column", finding.at().column());
        out.writeStringField("pointer", finding.pointer());
        out.writeStringField("message", finding.message());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  /// SARIF 2.1.0, for code scanning.
  ///
  /// @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
  public static String sarif(List<Finding> findings) {
    return written(out -> {
      out.writeStartObject();
      out.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
      out.writeStringField("version", "2.1.0");
      out.writeArrayFieldStart("runs");
      out.writeStartObject();
      out.writeObjectFieldStart("tool");
      out.writeObjectFieldStart("driver");
      out.writeStringField("name", "tenon contract check");
      out.writeArrayFieldStart("rules");
      for (Rule rule : Rule.values()) {
        rule(rule, out);
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeEndObject();
      out.writeArrayFieldStart("results");
      for (Finding finding : findings) {
        result(finding, out);
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  private static void rule(Rule rule, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", rule.id());
    out.writeObjectFieldStart("shortDescription");
    out.writeStringField("text", rule.description());
    out.writeEndObject();
    out.writeObjectFieldStart("defaultConfiguration");
    out.writeStringField("level", rule.severity().word());
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void result(Finding finding, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("ruleId", finding.rule().id());
    out.writeNumberField("ruleIndex", finding.rule().ordinal());
    out.writeStringField("level", finding.severity().word());
    out.writeObjectFieldStart("message");
    out.writeStringField("text", finding.message());
    out.writeEndObject();
    out.writeArrayFieldStart("locations");
    out.writeStartObject();
    out.writeObjectFieldStart("physicalLocation");
    out.writeObjectFieldStart("artifactLocation");
    out.writeStringField("uri", finding.at().file());
    out.writeEndObject();
    out.writeObjectFieldStart("region");
    out.writeNumberField("startLine", finding.at().line());
    out.writeNumberField("startColumn", finding.at().column());
    out.writeEndObject();
    out.writeEndObject();
    out.writeArrayFieldStart("logicalLocations");
    out.writeStartObject();
    out.writeStringField("fullyQualifiedName", "#" + finding.pointer());
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
  }

  private static String written(Writing writing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }
}
