package dev.tenon.gateway;

import dev.tenon.contract.MediaType;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/// A problem document that a component answers with, so that the client can tell which request it is about as it can with the edge's own.
final class ComponentProblem {

  private ComponentProblem() {}

  static boolean is(MultiMap headers) {
    String contentType = headers.get("content-type");
    return contentType != null && MediaType.essence(contentType).equals(Problem.MEDIA_TYPE);
  }

  /// The document with `instance`, if it has none, is small enough to be read here, and its schema takes it; the document as it is otherwise. What is there
  /// already stays byte for byte.
  ///
  /// @param document valid by `type`
  static Buffer named(Buffer document, String requestId, MediaType type) {
    if (document.length() > GatewayExchange.CHECKED_ON_LOOP_BYTES_MAX) {
      return document;
    }
    String text = document.toString(StandardCharsets.UTF_8).stripTrailing();
    JsonObject members;
    try {
      members = new JsonObject(text);
    } catch (DecodeException | ClassCastException noObject) {
      return document;
    }
    if (members.containsKey("instance")) {
      return document;
    }
    String member = (members.isEmpty() ? "" : ",") + "\"instance\":\"" + Problem.instance(requestId) + "\"}";
    Buffer named = Buffer.buffer(text.substring(0, text.length() - 1) + member);
    return BodyCheck.of(named, type, "") instanceof BodyCheck.Valid ? named : document;
  }
}
