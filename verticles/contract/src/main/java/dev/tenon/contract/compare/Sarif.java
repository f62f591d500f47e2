package dev.tenon.contract.compare;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenon.contract.Location;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.UnaryOperator;

/// A report as SARIF 2.1.0. Only the rules that were found are described.
final class Sarif {

  private Sarif() {}

  static String of(Report report, String toolVersion) {
    List<Rule> rules = new ArrayList<>(new LinkedHashSet<>(report.comparison().findings().stream().map(Finding::rule).toList()));
    return Report.json(out -> {
      out.writeStartObject();
      out.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
      out.writeStringField("version", "2.1.0");
      out.writeArrayFieldStart("runs");
      out.writeStartObject();
      out.writeObjectFieldStart("tool");
      out.writeObjectFieldStart("driver");
      out.writeStringField("name", "tenon contract diff");
      out.writeStringField("version", toolVersion);
      out.writeArrayFieldStart("rules");
      for (Rule rule : rules) {
        rule(rule, out);
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeEndObject();
      out.writeStringField("columnKind", "utf16CodeUnits");
      out.writeArrayFieldStart("results");
      for (Finding finding : report.comparison().findings()) {
        result(report, finding, rules.indexOf(finding.rule()), out);
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
    message("shortDescription", rule.explanation(), out);
    out.writeObjectFieldStart("defaultConfiguration");
    out.writeStringField("level", level(rule.severity()));
    out.writeEndObject();
    out.writeEndObject();
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case BREAKING -> "error";
      case RISKY -> "warning";
      case COMPATIBLE -> "note";
    };
  }

  private static void message(String member, String text, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart(member);
    out.writeStringField("text", text);
    out.writeEndObject();
  }

  private static void result(Report report, Finding finding, int rule, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("ruleId", finding.rule().id());
    out.writeNumberField("ruleIndex", rule);
    out.writeStringField("level", level(finding.severity()));
    message("message", finding.message() + finding.witness().map(witness -> ". For example " + witness).orElse("."), out);
    out.writeArrayFieldStart("locations");
    if (finding.after().isPresent()) {
      location(finding.after().get(), report.newFile(), out);
    }
    out.writeEndArray();
    if (finding.before().isPresent()) {
      out.writeArrayFieldStart("relatedLocations");
      location(finding.before().get(), report.oldFile(), out);
      out.writeEndArray();
    }
    out.writeObjectFieldStart("properties");
    out.writeStringField("side", finding.side().word());
    out.writeStringField("bump", finding.bump().word());
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void location(Spot spot, UnaryOperator<String> file, JsonGenerator out) throws IOException {
    Location at = spot.at();
    out.writeStartObject();
    out.writeObjectFieldStart("physicalLocation");
    out.writeObjectFieldStart("artifactLocation");
    out.writeStringField("uri", uri(file.apply(at.file())));
    out.writeEndObject();
    out.writeObjectFieldStart("region");
    out.writeNumberField("startLine", at.line());
    out.writeNumberField("startColumn", at.column());
    out.writeEndObject();
    out.writeEndObject();
    out.writeArrayFieldStart("logicalLocations");
    out.writeStartObject();
    out.writeStringField("fullyQualifiedName", spot.pointer());
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
  }

  private static String uri(String file) {
    try {
      return new URI(null, null, file.replace('\\', '/'), null).toASCIIString();
    } catch (URISyntaxException odd) {
      return "contract";
    }
  }
}
