package dev.tenon.gateway;

import dev.tenon.bus.identity.Identity;
import dev.tenon.bus.identity.TokenCheck;
import dev.tenon.bus.identity.TokenVerifier;
import io.vertx.core.Future;
import java.util.List;

/// Finds out who is calling, and whether that is enough for an operation. Thread-safe.
final class Callers {

  sealed interface Found {}

  /// The token is good, and carries the scopes that are needed.
  record Known(Identity identity) implements Found {}

  /// No token was sent, and none is needed.
  record Anybody() implements Found {}

  record Refused(Problem problem) implements Found {}

  private static final String SCHEME = "Bearer ";

  private final KeyRing keys;

  Callers(KeyRing keys) {
    this.keys = keys;
  }

  /// Never fails. Completed at once, except where a token names a key that is not known yet.
  ///
  /// @param authorization the values of that header; null or empty for none
  Future<Found> identify(OperationPlan plan, List<String> authorization) {
    if (authorization == null || authorization.isEmpty()) {
      return Future.succeededFuture(plan.callerMayBeUnknown() ? new Anybody() : missing());
    }
    String header = authorization.getFirst();
    if (authorization.size() > 1 || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Future.succeededFuture(refused("invalid_request", "the Authorization header is not one \"Bearer <token>\""));
    }
    String token = header.substring(SCHEME.length()).strip();
    if (keys.verifier().isEmpty()) {
      keys.refresh();
      return Future.succeededFuture(new Refused(new Problem(ProblemType.KEYS_MISSING,
          "The keys that tokens are checked with are not there yet – try again in a moment.").withHeader("retry-after", "1")));
    }
    TokenVerifier verifier = keys.verifier().get();
    TokenCheck check = verifier.check(token);
    if (check instanceof TokenCheck.Rejected rejected && rejected.reason() == TokenCheck.Reason.UNKNOWN_KEY) {
      return keys.refresh().map(refreshed -> found(plan, verifier.check(token)));
    }
    return Future.succeededFuture(found(plan, check));
  }

  private static Found found(OperationPlan plan, TokenCheck check) {
    return switch (check) {
      case TokenCheck.Rejected rejected -> refused("invalid_token", rejected.message());
      case TokenCheck.Accepted accepted when !plan.allows(accepted.identity().scopes()) -> new Refused(new Problem(ProblemType.SCOPE_MISSING,
          "The token does not carry the scope that this operation needs: " + plan.scopeText() + ".")
          .withHeader("www-authenticate", "Bearer realm=\"tenon\", error=\"insufficient_scope\", scope=\"" + plan.scopeText() + "\""));
      case TokenCheck.Accepted accepted -> new Known(accepted.identity());
    };
  }

  /// RFC 6750, 3.1: no error code where no token was sent.
  private static Refused missing() {
    return new Refused(new Problem(ProblemType.TOKEN_MISSING, "This operation needs an access token – send it as \"Authorization: Bearer <token>\".")
        .withHeader("www-authenticate", "Bearer realm=\"tenon\""));
  }

  private static Refused refused(String error, String why) {
    String ascii = why.replace('–', '-').replace('"', '\'');
    return new Refused(new Problem(ProblemType.TOKEN_REFUSED, "The access token is refused: " + why + ".")
        .withHeader("www-authenticate", "Bearer realm=\"tenon\", error=\"" + error + "\", error_description=\"" + ascii + "\""));
  }
}
