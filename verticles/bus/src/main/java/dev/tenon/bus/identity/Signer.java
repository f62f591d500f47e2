package dev.tenon.bus.identity;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.List;

/// Signs with one key. [JWTAuth] picks among several at random, so it is given just the one.
final class Signer {

  private final SigningKey key;
  private final JWTAuth jwt;

  Signer(SigningKey key) {
    this.key = key;
    this.jwt = JWTAuth.create(null, new JWTAuthOptions().addJwk(key.privateJwk()));
  }

  String sign(JsonObject claims, TokenRules rules, int seconds) {
    return jwt.generateToken(claims, new JWTOptions()
        .setAlgorithm(key.algorithm().header())
        .setIssuer(rules.issuer())
        .setAudience(List.of(rules.audience()))
        .setExpiresInSeconds(seconds));
  }
}
