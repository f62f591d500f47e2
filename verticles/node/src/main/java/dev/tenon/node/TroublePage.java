package dev.tenon.node;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.worker.SourceExcerpt;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/// Shows [Trouble] to whoever asked: as a page to a browser, as a problem document (RFC 9457) to who takes JSON, as text to others.
final class TroublePage {

  /// Answered when the worker has changed; what the page waits for.
  static final String CHANGED = "/cdn-cgi/tenon/changed";

  private static final String STYLE = """
      :root{color-scheme:light dark;--ink:#1b1f24;--faint:#57606a;--paper:#fff;--code:#f6f8fa;--mark:#ffebe9;--red:#cf222e}
      @media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--faint:#8d96a0;--paper:#0d1117;--code:#161b22;--mark:#4b1113;--red:#ff7b72}}
      body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}main{max-width:64rem;margin:0 auto;padding:2rem 1.25rem}
      h1{font-size:1rem;color:var(--red);margin:0 0 1.5rem}h2{font-size:1.35rem;margin:0 0 .25rem;white-space:pre-wrap;overflow-wrap:anywhere}
      p{margin:.25rem 0}.place,footer,pre.stack{color:var(--faint)}code,pre,.place{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.85rem}
      pre{background:var(--code);border-radius:6px;padding:.75rem 0;overflow-x:auto;line-height:1.6}pre.stack{padding:.75rem 1rem}
      pre span{display:block;padding:0 1rem}pre span.here{background:var(--mark)}pre b{color:var(--faint);font-weight:400;user-select:none}
      section+section{margin-top:2.5rem}footer{margin-top:2.5rem;font-size:.85rem}""";

  private TroublePage() {}

  /// @param version of the worker, for the page to wait for the next
  static ExchangeResponse answer(ExchangeRequest request, int status, Trouble trouble, long version) {
    String accept = String.join(",", request.headers().getAll("accept")).toLowerCase(Locale.ROOT);
    if (wantsPage(request)) {
      return response(status, "text/html; charset=utf-8", page(trouble, version, request));
    }
    return accept.contains("json")
        ? response(status, "application/problem+json", problem(status, trouble).encode())
        : response(status, "text/plain; charset=utf-8", trouble.title() + "\n\n" + trouble + "\n");
  }

  /// Whether a browser shows the answer to its user.
  static boolean wantsPage(ExchangeRequest request) {
    return String.join(",", request.headers().getAll("accept")).toLowerCase(Locale.ROOT).contains("text/html");
  }

  private static ExchangeResponse response(int status, String type, String text) {
    MultiMap headers = HttpHeaders.headers().add("content-type", type).add("cache-control", "no-store");
    return new ExchangeResponse(status, "", headers, Body.of(Buffer.buffer(text)));
  }

  private static JsonObject problem(int status, Trouble trouble) {
    JsonArray errors = new JsonArray();
    for (Trouble.Fault fault : trouble.faults()) {
      JsonObject error = new JsonObject().put("detail", fault.message());
      if (!fault.remedy().isEmpty()) {
        error.put("remedy", fault.remedy());
      }
      fault.excerpt().ifPresent(at -> error.put("file", at.file()).put("line", at.line()).put("column", at.column()).put("source", at.frame()));
      if (!fault.frames().isEmpty()) {
        error.put("stack", new JsonArray(fault.frames().stream().map(String::strip).toList()));
      }
      errors.add(error);
    }
    return new JsonObject().put("type", "urn:tenon:problem:worker-in-development").put("title", trouble.title()).put("status", status)
        .put("detail", trouble.toString()).put("errors", errors);
  }

  private static String page(Trouble trouble, long version, ExchangeRequest request) {
    StringBuilder page = new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>")
        .append(text(trouble.faults().getFirst().message())).append("</title><style>").append(STYLE).append("</style><main><h1>").append(text(trouble.title())).append("</h1>");
    for (Trouble.Fault fault : trouble.faults()) {
      page.append("<section><h2>").append(text(fault.message())).append("</h2>");
      paragraph(page, "", fault.remedy());
      paragraph(page, " class=place", fault.place());
      fault.excerpt().ifPresent(at -> excerpt(page, at));
      if (!fault.frames().isEmpty()) {
        page.append("<pre class=stack>").append(text(String.join("\n", fault.frames().stream().map(String::strip).toList()))).append("</pre>");
      }
      page.append("</section>");
    }
    page.append("<footer>").append(text(request.method() + " " + request.url())).append(" · this page loads itself again when the worker has changed</footer></main><script>")
        .append("(async()=>{for(;;){try{const r=await fetch('").append(CHANGED).append("?since=").append(version)
        .append("');if(r.status===205){location.reload();return}}catch{await new Promise(r=>setTimeout(r,1000))}}})()</script>");
    return page.append("</html>\n").toString();
  }

  private static void paragraph(StringBuilder page, String attribute, String text) {
    if (!text.isEmpty()) {
      page.append("<p").append(attribute).append('>').append(text(text)).append("</p>");
    }
  }

  private static void excerpt(StringBuilder page, SourceExcerpt at) {
    List<String> lines = at.frame().lines().toList();
    page.append("<pre>");
    for (String line : lines) {
      int bar = line.indexOf(" | ") + 3;
      page.append(line.startsWith("> ") ? "<span class=here>" : "<span>").append("<b>").append(text(line.substring(0, bar))).append("</b>")
          .append(text(line.substring(bar))).append("\n</span>");
    }
    page.append("</pre>");
  }

  private static String text(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
