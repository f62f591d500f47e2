package dev.tenon.auth;

import dev.tenon.auth.Accounts.WithPassword;
import dev.tenon.bus.identity.Identity;
import dev.tenon.bus.identity.TokenIssuer;
import dev.tenon.contracts.auth.Credentials;
import dev.tenon.contracts.auth.PlanName;
import dev.tenon.contracts.auth.RefreshRequest;
import dev.tenon.contracts.auth.Tokens;
import dev.tenon.service.Call;
import dev.tenon.service.Operations;
import dev.tenon.service.Problem;
import dev.tenon.service.Problem.Violation;
import dev.tenon.service.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The contract's operations.
final class AuthOperations {

  private static final Set<String> SCOPES = Set.of("user");
  private static final int KEYS_CACHED_SECONDS = 300;

  private final Vertx vertx;
  private final Accounts accounts;
  private final Passwords passwords = new Passwords();
  private final PasswordRules rules = new PasswordRules();
  private final HashingPool hashing;
  private final LoginThrottle throttle;
  private final Sessions sessions;
  private final TokenIssuer issuer;
  private final String nobodysHash = passwords.unmatchable();

  AuthOperations(Vertx vertx, Accounts accounts, HashingPool hashing, LoginThrottle throttle, Sessions sessions, TokenIssuer issuer) {
    this.vertx = vertx;
    this.accounts = accounts;
    this.hashing = hashing;
    this.throttle = throttle;
    this.sessions = sessions;
    this.issuer = issuer;
  }

  Operations bound() {
    return new Operations()
        .on("register", this::register)
        .on("login", this::login)
        .on("refresh", this::refresh)
        .on("logout", this::logout)
        .on("getMe", this::getMe)
        .on("getPlan", this::getPlan)
        .on("getJwks", _ -> Future.succeededFuture(getJwks()));
  }

  private Future<Reply> register(Call call) {
    Credentials credentials = call.body(Credentials::read);
    String password = credentials.password();
    EmailAddress email = EmailAddress.parse(credentials.email())
        .orElseThrow(() -> Problem.invalidBody(new Violation("/email", "is not an e-mail address")));
    rules.objection(email, password).ifPresent(why -> {
      throw Problem.invalidBody(new Violation("/password", why));
    });
    return hashing.run(vertx.getOrCreateContext(), call.context(), () -> passwords.hash(password))
        .compose(hash -> accounts.register(email, hash))
        .map(user -> Reply.json(201, shown(user.orElseThrow(() -> taken(email)))));
  }

  private Future<Reply> login(Call call) {
    Credentials credentials = call.body(Credentials::read);
    Optional<EmailAddress> email = EmailAddress.parse(credentials.email());
    if (email.isEmpty()) {
      return Future.failedFuture(wrongCredentials()); // whoever sends this knows that nobody has it
    }
    Future<LoginThrottle.State> throttled = throttle.state(email.get());
    Future<Optional<WithPassword>> found = accounts.find(email.get());
    return Future.all(throttled, found).compose(_ -> throttled.result().waitSeconds() > 0
        ? Future.failedFuture(tooManyAttempts(throttled.result().waitSeconds()))
        : login(call, email.get(), credentials.password(), found.result(), throttled.result()));
  }

  private Future<Reply> login(
      Call call, EmailAddress email, String password, Optional<WithPassword> found, LoginThrottle.State throttled) {
    String hash = found.map(WithPassword::passwordHash).orElse(nobodysHash);
    return hashing.run(vertx.getOrCreateContext(), call.context(), () -> passwords.matches(hash, password)).compose(matches -> {
      if (!matches || found.isEmpty()) {
        return throttle.failed(email).compose(_ -> Future.failedFuture(wrongCredentials()));
      }
      UUID account = found.get().user().id();
      Future<Void> cleared = throttled.failures() == 0 ? Future.succeededFuture() : throttle.succeeded(email);
      return cleared.compose(_ -> sessions.open(account)).compose(refreshToken -> tokens(account, refreshToken));
    });
  }

  private Future<Reply> refresh(Call call) {
    return sessions.renew(call.body(RefreshRequest::read).refreshToken()).compose(renewed -> renewed
        .map(session -> tokens(session.account(), session.refreshToken()))
        .orElseGet(() -> Future.failedFuture(new Problem(401, "urn:tenon:auth:refresh-token-refused", "Refresh token refused",
            "The refresh token is not valid any more – log in again."))));
  }

  private Future<Reply> logout(Call call) {
    return sessions.end(call.body(RefreshRequest::read).refreshToken()).map(_ -> Reply.empty(204));
  }

  private Future<Reply> getMe(Call call) {
    return caller(call).map(user -> Reply.json(200, shown(user)));
  }

  private Future<Reply> getPlan(Call call) {
    String asked = call.path("userId");
    if (!asked.equals("me") && !asked.equals(call.caller().subject())) {
      return Future.failedFuture(new Problem(403, "urn:tenon:auth:not-yours", "Not yours",
          "The plan of another user is not shown – ask for \"me\"."));
    }
    return caller(call).map(user -> Reply.json(200,
        new dev.tenon.contracts.auth.Plan(PlanName.of(user.plan().text()), user.plan().imagePixelsMax())));
  }

  private Reply getJwks() {
    return Reply.json(200, issuer.jwks()).withHeader("cache-control", "public, max-age=" + KEYS_CACHED_SECONDS);
  }

  private Future<User> caller(Call call) {
    UUID id;
    try {
      id = UUID.fromString(call.caller().subject());
    } catch (IllegalArgumentException notOurs) {
      return Future.failedFuture(gone());
    }
    return accounts.find(id).map(user -> user.orElseThrow(AuthOperations::gone));
  }

  /// Signing takes a millisecond: off the event loop.
  private Future<Reply> tokens(UUID account, String refreshToken) {
    return vertx.executeBlocking(() -> issuer.issue(new Identity(account.toString(), SCOPES)), false)
        .map(accessToken -> Reply.json(200, new Tokens(accessToken, refreshToken, issuer.lifetime().toSeconds()))
            .withHeader("cache-control", "no-store"));
  }

  /// A user as the contract shows one.
  private static dev.tenon.contracts.auth.User shown(User user) {
    return new dev.tenon.contracts.auth.User(user.id(), user.email(), PlanName.of(user.plan().text()), user.createdAt().atOffset(ZoneOffset.UTC));
  }

  private static Problem taken(EmailAddress email) {
    return new Problem(409, "urn:tenon:auth:email-taken", "E-mail address taken",
        "A user with the e-mail address \"" + email.text() + "\" exists – log in, or register another address.");
  }

  private static Problem wrongCredentials() {
    return new Problem(401, "urn:tenon:auth:wrong-credentials", "Wrong credentials", "The e-mail address or the password is wrong.");
  }

  private static Problem tooManyAttempts(int waitSeconds) {
    return new Problem(429, "urn:tenon:auth:too-many-attempts", "Too many attempts",
        "Too many wrong passwords for this account – wait " + waitSeconds + " s and try again.")
        .withHeader("retry-after", String.valueOf(waitSeconds));
  }

  private static Problem gone() {
    return new Problem(401, "urn:tenon:auth:user-gone", "User gone", "The user of this access token does not exist any more – log in again.")
        .withHeader("www-authenticate", "Bearer realm=\"tenon\", error=\"invalid_token\", error_description=\"the user is gone\"");
  }
}
