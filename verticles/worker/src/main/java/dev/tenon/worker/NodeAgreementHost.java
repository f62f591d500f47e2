package dev.tenon.worker;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// The arithmetic of Diffie and Hellman's key agreement over numbers and over curves, and of primes. Numbers are big-endian bytes.
public final class NodeAgreementHost {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int CERTAINTY = 64;

  NodeAgreementHost() {}

  /// The prime of a group of RFC 2409 or RFC 3526; null when there is no such group.
  @HostAccess.Export
  public ByteBuffer groupPrime(String name) {
    DHParameters group = switch (name) {
      case "modp1" -> DHStandardGroups.rfc2409_768;
      case "modp2" -> DHStandardGroups.rfc2409_1024;
      case "modp5" -> DHStandardGroups.rfc3526_1536;
      case "modp14" -> DHStandardGroups.rfc3526_2048;
      case "modp15" -> DHStandardGroups.rfc3526_3072;
      case "modp16" -> DHStandardGroups.rfc3526_4096;
      case "modp17" -> DHStandardGroups.rfc3526_6144;
      case "modp18" -> DHStandardGroups.rfc3526_8192;
      default -> null;
    };
    return group == null ? null : JsBytes.outgoing(unsigned(group.getP()));
  }

  @HostAccess.Export
  public ByteBuffer power(Value base, Value exponent, Value modulus) {
    return JsBytes.outgoing(unsigned(number(base).modPow(number(exponent), number(modulus))));
  }

  /// A number between 2 and `prime` - 2.
  @HostAccess.Export
  public ByteBuffer randomBelow(Value prime) {
    BigInteger bound = number(prime).subtract(BigInteger.valueOf(3));
    BigInteger found;
    do {
      found = new BigInteger(bound.bitLength(), RANDOM);
    } while (found.compareTo(bound) >= 0);
    return JsBytes.outgoing(unsigned(found.add(BigInteger.TWO)));
  }

  /// @param safe whether half of it, rounded down, has to be prime too
  @HostAccess.Export
  public ByteBuffer prime(int bits, boolean safe) {
    while (true) {
      BigInteger found = BigInteger.probablePrime(bits, RANDOM);
      if (!safe || found.shiftRight(1).isProbablePrime(CERTAINTY)) {
        return JsBytes.outgoing(unsigned(found));
      }
    }
  }

  @HostAccess.Export
  public boolean isPrime(Value candidate) {
    return number(candidate).isProbablePrime(CERTAINTY);
  }

  /// A private number of a curve.
  @HostAccess.Export
  public ByteBuffer curvePrivate(String curve) throws GeneralSecurityException {
    X9ECParameters parameters = parameters(curve);
    BigInteger found;
    do {
      found = new BigInteger(parameters.getN().bitLength(), RANDOM);
    } while (found.signum() == 0 || found.compareTo(parameters.getN()) >= 0);
    return JsBytes.outgoing(padded(found, (parameters.getN().bitLength() + 7) / 8));
  }

  /// The point that belongs to a private number, uncompressed.
  ///
  /// @throws GeneralSecurityException when the number is none of the curve's
  @HostAccess.Export
  public ByteBuffer curvePublic(String curve, Value secret) throws GeneralSecurityException {
    X9ECParameters parameters = parameters(curve);
    BigInteger number = number(secret);
    if (number.signum() == 0 || number.compareTo(parameters.getN()) >= 0) {
      throw new GeneralSecurityException("private key");
    }
    return JsBytes.outgoing(parameters.getG().multiply(number).normalize().getEncoded(false));
  }

  /// What a private number and another's point have in common.
  @HostAccess.Export
  public ByteBuffer curveSecret(String curve, Value secret, Value point) throws GeneralSecurityException {
    X9ECParameters parameters = parameters(curve);
    ECPoint common = point(parameters, point).multiply(number(secret)).normalize();
    return JsBytes.outgoing(common.getAffineXCoord().getEncoded());
  }

  /// A point in another form.
  ///
  /// @param form `compressed`, `uncompressed` or `hybrid`
  @HostAccess.Export
  public ByteBuffer convert(String curve, Value point, String form) throws GeneralSecurityException {
    ECPoint decoded = point(parameters(curve), point).normalize();
    byte[] bytes = decoded.getEncoded(form.equals("compressed"));
    if (form.equals("hybrid")) {
      bytes[0] = (byte) (6 + (decoded.getAffineYCoord().testBitZero() ? 1 : 0));
    }
    return JsBytes.outgoing(bytes);
  }

  /// Whether there is such a curve.
  @HostAccess.Export
  public boolean hasCurve(String curve) {
    return CustomNamedCurves.getByName(curve) != null || curve.equals("prime256v1");
  }

  private static X9ECParameters parameters(String curve) throws GeneralSecurityException {
    X9ECParameters found = CustomNamedCurves.getByName(curve.equals("prime256v1") ? "secp256r1" : curve);
    if (found == null) {
      throw new GeneralSecurityException("curve");
    }
    return found;
  }

  private static ECPoint point(X9ECParameters parameters, Value bytes) throws GeneralSecurityException {
    try {
      byte[] encoded = JsBytes.read(bytes);
      ECPoint point = parameters.getCurve().decodePoint(encoded);
      if (point.isInfinity() || !point.isValid()) {
        throw new GeneralSecurityException("point");
      }
      return point;
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
      throw new GeneralSecurityException("point", malformed);
    }
  }

  private static BigInteger number(Value bytes) {
    return new BigInteger(1, JsBytes.read(bytes));
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static byte[] padded(BigInteger number, int length) {
    byte[] bytes = unsigned(number);
    byte[] all = new byte[length];
    System.arraycopy(bytes, 0, all, length - bytes.length, bytes.length);
    return all;
  }
}
