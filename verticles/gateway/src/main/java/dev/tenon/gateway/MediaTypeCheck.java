package dev.tenon.gateway;

import dev.tenon.contract.MediaType;
import dev.tenon.contract.RequestBody;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Optional;

/// Whether a body's media type is one that the operation takes.
///
/// @param type the one it falls under; empty exactly when there is a problem
record MediaTypeCheck(Optional<MediaType> type, Optional<Problem> problem) {

  static MediaTypeCheck of(MultiMap headers, RequestBody body) {
    String sent = headers.get("content-type");
    String names = body.content().names();
    if (sent == null) {
      return refused("The body has no Content-Type – send " + names + ".", body);
    }
    Optional<MediaType> type = body.content().find(sent);
    if (type.isEmpty()) {
      return refused("The media type \"" + shown(MediaType.essence(sent)) + "\" is not taken here – send " + names + ".", body);
    }
    String encoding = headers.get("content-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return refused("The body has a Content-Encoding, and none is taken here – send it as it is.", body);
    }
    if (type.get().isJson() && !isUtf8(sent)) {
      return refused("JSON is UTF-8 (RFC 8259) – send the body in it, and no other charset in the Content-Type.", body);
    }
    return new MediaTypeCheck(type, Optional.empty());
  }

  private static MediaTypeCheck refused(String detail, RequestBody body) {
    return new MediaTypeCheck(Optional.empty(), Optional.of(new Problem(ProblemType.MEDIA_TYPE, detail)
        .withHeader("accept", String.join(", ", body.content().types().stream().map(MediaType::range).toList()))));
  }

  private static boolean isUtf8(String contentType) {
    int at = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at < 0) {
      return true;
    }
    String charset = contentType.substring(at + 8).split(";")[0].strip().replace("\"", "");
    return charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("utf8") || charset.equalsIgnoreCase("us-ascii");
  }

  private static String shown(String sent) {
    String clean = sent.replaceAll("[^a-z0-9!#$&^_.+/-]", "?");
    return clean.length() > 80 ? clean.substring(0, 80) + "…" : clean;
  }
}
