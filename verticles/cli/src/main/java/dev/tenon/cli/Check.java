package dev.tenon.cli;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/// What `tenon doctor` found out about one thing.
///
/// @param advice what to do about it; empty when it is fine
record Check(String name, Status status, String finding, String advice) {

  enum Status {
    OK, WARN, FAIL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Check ok(String name, String finding) {
    return new Check(name, Status.OK, finding, "");
  }

  static Check warn(String name, String finding, String advice) {
    return new Check(name, Status.WARN, finding, advice);
  }

  static Check fail(String name, String finding, String advice) {
    return new Check(name, Status.FAIL, finding, advice);
  }

  JsonObject toJson() {
    return new JsonObject().put("name", name).put("status", status.word()).put("finding", finding).put("advice", advice);
  }
}
