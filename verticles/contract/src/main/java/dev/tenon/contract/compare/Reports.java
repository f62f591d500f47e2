package dev.tenon.contract.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/// A [Comparison] as JSON.
///
/// The members of a finding are `rule`, `severity` (`breaking`, `risky`, `compatible`), `side` (`request`, `response`, `event`, `document`), `old` and `new` (JSON
/// pointers, null where there is no such place), `oldAt` and `newAt` (`file`, `line`, `column`; null likewise), `message`, `bump` (`none`, `patch`, `minor`,
/// `major`), `effects` (`operation`, `part`) and `witness` (`subject`, `json`; null where there is none).
public final class Reports {

  private static final JsonFactory JSON = new JsonFactory();

  private Reports() {}

  public static String json(Comparison comparison) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      out.writeStartObject();
      out.writeArrayFieldStart("findings");
      for (Finding finding : comparison.findings()) {
        finding(finding, out);
      }
      out.writeEndArray();
      out.writeStringField("bump", comparison.requiredBump().word());
      out.writeStringField("oldVersion", comparison.oldVersion());
      out.writeStringField("newVersion", comparison.newVersion());
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void finding(Finding finding, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("rule", finding.rule().id());
    out.writeStringField("severity", finding.severity().word());
    out.writeStringField("side", finding.side().word());
    spot("old", finding.before(), out);
    spot("new", finding.after(), out);
    out.writeStringField("message", finding.message());
    out.writeStringField("bump", finding.bump().word());
    out.writeArrayFieldStart("effects");
    for (Effect effect : finding.effects()) {
      out.writeStartObject();
      out.writeStringField("operation", effect.operation());
      out.writeStringField("part", effect.part());
      out.writeEndObject();
    }
    out.writeEndArray();
    if (finding.witness().isPresent()) {
      out.writeObjectFieldStart("witness");
      out.writeStringField("subject", finding.witness().get().subject());
      out.writeStringField("json", finding.witness().get().json());
      out.writeEndObject();
    } else {
      out.writeNullField("witness");
    }
    out.writeEndObject();
  }

  private static void spot(String name, Optional<Spot> spot, JsonGenerator out) throws IOException {
    if (spot.isEmpty()) {
      out.writeNullField(name);
      out.writeNullField(name + "At");
      return;
    }
    out.writeStringField(name, spot.get().pointer());
    out.writeObjectFieldStart(name + "At");
    out.writeStringField("file", spot.get().at().file());
    out.writeNumberField("line", spot.get().at().line());
    out.writeNumberField("column", spot.get().at().column());
    out.writeEndObject();
  }
}
