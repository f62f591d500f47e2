package dev.tenon.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id with the parameters OWASP recommends: 46 MiB, one pass, one lane. Each call takes tens of milliseconds of CPU
/// and that memory: not on an event loop. Thread-safe.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9106">RFC 9106: Argon2</a>
final class Passwords {

  private static final int MEMORY_KIB = 46 * 1024;
  private static final int PASSES = 1;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern PHC =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private final SecureRandom random = new SecureRandom();

  /// A fresh hash in PHC form: parameters, salt and hash.
  String hash(String password) {
    byte[] salt = randomBytes(SALT_BYTES);
    return phc(salt, argon2id(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES));
  }

  /// Whether the password is the one that was hashed. Compares in constant time.
  boolean matches(String phc, String password) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new IllegalStateException("a stored password hash is not Argon2id in PHC form");
    }
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    byte[] actual = argon2id(password, Base64.getDecoder().decode(parts.group(4)), Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)), expected.length);
    return MessageDigest.isEqual(expected, actual);
  }

  /// A hash that no password has, and that costs as much to compare with as any other: for users who are not there.
  String unmatchable() {
    return phc(randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
  }

  private static String phc(byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES
        + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
  }

  private static byte[] argon2id(String password, byte[] salt, int memoryKib, int passes, int lanes, int bytes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
        .withMemoryAsKB(memoryKib).withIterations(passes).withParallelism(lanes).withSalt(salt).build());
    byte[] hash = new byte[bytes];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
