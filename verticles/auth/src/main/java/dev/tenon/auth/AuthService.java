package dev.tenon.auth;

import dev.tenon.bus.identity.TokenIssuer;
import dev.tenon.bus.identity.TokenRules;
import dev.tenon.service.Operations;
import dev.tenon.service.Service;
import dev.tenon.service.ServiceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts and stops the auth service.
public final class AuthService implements Service {

  private static final Logger LOG = LoggerFactory.getLogger(AuthService.class);
  private static final TokenRules RULES = new TokenRules("tenon-auth", "tenon");
  private static final long CLEANING_PERIOD_MILLIS = TimeUnit.HOURS.toMillis(1);

  private HashingPool hashing;
  private Runnable stopCleaning = () -> { };

  @Override
  public Future<Operations> start(ServiceContext context) {
    AuthSettings settings = context.settings(AuthSettings.DEFAULTS);
    hashing = new HashingPool(settings.hashing());
    context.health("hashing", () -> Future.succeededFuture(hashing.load() + " of at most "
        + (settings.hashing().parallel() + settings.hashing().waiting()) + " run or wait"));
    Sessions sessions = new Sessions(context.database(), settings.refreshTokenLifetime(), settings.sessionLifetime());
    LoginThrottle throttle = new LoginThrottle(context.database(), settings.throttling());
    return new Keys(context.vertx(), context.database(), context.sealer()).load()
        .map(keys -> TokenIssuer.of(RULES, settings.accessTokenLifetime(), keys))
        .map(issuer -> {
          clean(context.vertx(), sessions, throttle);
          return new AuthOperations(
              context.vertx(), new Accounts(context.database()), hashing, throttle, sessions, issuer).bound();
        });
  }

  @Override
  public Future<Void> stop() {
    stopCleaning.run();
    if (hashing != null) {
      hashing.close();
    }
    return Future.succeededFuture();
  }

  private void clean(Vertx vertx, Sessions sessions, LoginThrottle throttle) {
    long timer = vertx.setPeriodic(CLEANING_PERIOD_MILLIS, _ -> sessions.forgetExpired().compose(_ -> throttle.forgetOld())
        .onFailure(failed -> LOG.warn("what has expired could not be deleted ({}) – it is tried again in an hour", failed.getMessage())));
    stopCleaning = () -> vertx.cancelTimer(timer);
  }
}
