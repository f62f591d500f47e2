package dev.tenon.worker;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/// What Web Cryptography asks of the two points in an Ed25519 verification, and Java does not look at: neither may be of small order.
///
/// @see <a href="https://w3c.github.io/webcrypto/#ed25519-operations-verify">Ed25519, verify</a>
final class EdwardsPoint {

  private static final int BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;
  /// The second coordinates of all points whose order divides 8, little-endian; the two after the first five are the same as the first two in another form.
  private static final Set<String> SMALL_ORDER = Set.of(
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0100000000000000000000000000000000000000000000000000000000000000",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  private EdwardsPoint() {}

  /// Whether a signature can be right at all: its length, its point and the key's.
  static boolean mayVerify(PublicKey key, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    byte[] encoded = key.getEncoded();
    return isProper(Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length)) && isProper(Arrays.copyOf(signature, BYTES));
  }

  private static boolean isProper(byte[] point) {
    byte[] y = point.clone();
    y[BYTES - 1] &= 0x7f;
    return !SMALL_ORDER.contains(HexFormat.of().formatHex(y));
  }
}
