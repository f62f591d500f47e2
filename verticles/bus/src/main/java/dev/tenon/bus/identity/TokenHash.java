package dev.tenon.bus.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/// SHA-256 of a token: what a cache may hold in the token's place.
record TokenHash(long a, long b, long c, long d) {

  static TokenHash of(String token) {
    try {
      ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
      return new TokenHash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
