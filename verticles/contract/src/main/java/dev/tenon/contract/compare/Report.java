package dev.tenon.contract.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenon.contract.Location;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A [Comparison] written down.
///
/// @param oldFile, newFile what files of the two documents are called for the reader, from what they are called in them
public record Report(Comparison comparison, UnaryOperator<String> oldFile, UnaryOperator<String> newFile) {

  private static final JsonFactory JSON = new JsonFactory();

  @FunctionalInterface
  interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  /// As JSON: `findings`, each with `rule`, `severity` (`breaking`, `risky`, `compatible`), `side` (`request`, `response`, `event`, `document`), `old` and `new` (JSON
  /// pointers, null where there is no such place), `message`, `bump` (`none`, `patch`, `minor`, `major`), `oldAt` and `newAt` (`file`, `line`, `column`; null likewise),
  /// `effects` (`operation`, `part`) and `witness` (`subject`, `json`; null where there is none); then `bump`, and `version` (`old`, `new`, `least`, `enough`).
  public String json() {
    return json(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("findings");
      for (Finding finding : comparison.findings()) {
        finding(finding, out);
      }
      out.writeEndArray();
      out.writeStringField("bump", comparison.requiredBump().word());
      VersionCheck version = comparison.versionCheck();
      out.writeObjectFieldStart("version");
      out.writeStringField("old", version.oldVersion());
      out.writeStringField("new", version.newVersion());
      if (version.least().isPresent()) {
        out.writeStringField("least", version.least().get());
      } else {
        out.writeNullField("least");
      }
      out.writeBooleanField("enough", version.enough());
      out.writeEndObject();
      out.writeEndObject();
    });
  }

  static String json(Writing writing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void finding(Finding finding, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("rule", finding.rule().id());
    out.writeStringField("severity", finding.severity().word());
    out.writeStringField("side", finding.side().word());
    pointer("old", finding.before(), out);
    pointer("new", finding.after(), out);
    out.writeStringField("message", finding.message());
    out.writeStringField("bump", finding.bump().word());
    place("oldAt", finding.before(), oldFile, out);
    place("newAt", finding.after(), newFile, out);
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

  private static void pointer(String name, Optional<Spot> spot, JsonGenerator out) throws IOException {
    if (spot.isPresent()) {
      out.writeStringField(name, spot.get().pointer());
    } else {
      out.writeNullField(name);
    }
  }

  private static void place(String name, Optional<Spot> spot, UnaryOperator<String> file, JsonGenerator out) throws IOException {
    if (spot.isEmpty()) {
      out.writeNullField(name);
      return;
    }
    Location at = spot.get().at();
    out.writeObjectFieldStart(name);
    out.writeStringField("file", file.apply(at.file()));
    out.writeNumberField("line", at.line());
    out.writeNumberField("column", at.column());
    out.writeEndObject();
  }

  /// As Markdown, for a comment on a change.
  public String markdown() {
    StringBuilder text = new StringBuilder("## Contract changes\n\n").append(summary()).append("\n");
    for (Severity severity : Severity.values()) {
      if (comparison.count(severity) > 0) {
        String word = severity.word();
        text.append("\n### ").append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1)).append("\n\n| rule | change | old | new |\n|---|---|---|---|\n");
        comparison.findings().stream().filter(finding -> finding.severity() == severity).forEach(finding -> text.append("| `").append(finding.rule().id()).append("` | ")
            .append(cell(finding.message())).append(finding.witness().map(witness -> "<br>for example " + cell(witness.toString())).orElse(""))
            .append(" | ").append(cell(at(finding.before(), oldFile))).append(" | ").append(cell(at(finding.after(), newFile))).append(" |\n"));
      }
    }
    return text.toString();
  }

  private static String cell(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("\n", " ");
  }

  /// `contracts/auth/openapi.yaml:12:3`; empty where there is no such place.
  public static String at(Optional<Spot> spot, UnaryOperator<String> file) {
    return spot.map(place -> file.apply(place.at().file()) + ":" + place.at().line() + ":" + place.at().column()).orElse("");
  }

  /// `2 breaking, 1 risky, 3 compatible. info.version goes from 1.0.0 to 1.1.0 – …`.
  public String summary() {
    return comparison.findings().isEmpty()
        ? "Nothing that means anything has changed."
        : comparison.count(Severity.BREAKING) + " breaking, " + comparison.count(Severity.RISKY) + " risky, " + comparison.count(Severity.COMPATIBLE) + " compatible. "
            + comparison.versionCheck().sentence() + ".";
  }

  /// As JUnit's XML: a test for each finding, which fails where the finding is at least as severe as this.
  public String junit(Severity failing) {
    long failures = comparison.findings().stream().filter(finding -> finding.severity().compareTo(failing) <= 0).count();
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"contract\" tests=\"" + Math.max(1, comparison.findings().size())
        + "\" failures=\"" + failures + "\" errors=\"0\" skipped=\"0\">\n");
    if (comparison.findings().isEmpty()) {
      text.append("  <testcase classname=\"contract\" name=\"nothing has changed\"/>\n");
    }
    for (Finding finding : comparison.findings()) {
      text.append("  <testcase classname=\"contract.").append(finding.rule().id()).append("\" name=\"").append(xml(finding.message())).append("\"");
      if (finding.severity().compareTo(failing) <= 0) {
        text.append(">\n    <failure type=\"").append(finding.severity().word()).append("\" message=\"").append(xml(finding.message())).append("\">")
            .append(xml("old " + at(finding.before(), oldFile) + "\nnew " + at(finding.after(), newFile) + finding.witness().map(witness -> "\nfor example " + witness).orElse("")))
            .append("</failure>\n  </testcase>\n");
      } else {
        text.append("/>\n");
      }
    }
    return text.append("</testsuite>\n").toString();
  }

  private static String xml(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(character -> {
      switch (character) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\n' -> escaped.append("&#10;");
        default -> {
          // What XML 1.0 has no way to write.
          boolean writable = character >= 0x20 && character <= 0xD7FF || character >= 0xE000 && character <= 0xFFFD || character >= 0x10000 || character == '\t';
          escaped.appendCodePoint(writable ? character : 0xFFFD);
        }
      }
    });
    return escaped.toString();
  }

  /// As SARIF 2.1.0.
  ///
  /// @param toolVersion the version of Tenon
  /// @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">Static Analysis Results Interchange Format 2.1.0</a>
  public String sarif(String toolVersion) {
    return Sarif.of(this, toolVersion);
  }
}
