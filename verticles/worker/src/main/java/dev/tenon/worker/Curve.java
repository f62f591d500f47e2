package dev.tenon.worker;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// The NIST curves of Web Cryptography, with what Java's own keys do not offer: points as bytes, and the public key of a private one.
///
/// @see <a href="https://www.secg.org/sec1-v2.pdf">SEC 1, sections 2.3 and C.4</a>
enum Curve {
  P256("P-256", "secp256r1", 32, "2a8648ce3d030107"),
  P384("P-384", "secp384r1", 48, "2b81040022"),
  P521("P-521", "secp521r1", 66, "2b81040023");

  private static final BigInteger THREE = BigInteger.valueOf(3);

  private final String webName;
  private final String javaName;
  private final int fieldBytes;
  private final byte[] objectIdentifier;
  private final ECParameterSpec parameters;
  private final BigInteger prime;

  Curve(String webName, String javaName, int fieldBytes, String objectIdentifier) {
    this.webName = webName;
    this.javaName = javaName;
    this.fieldBytes = fieldBytes;
    this.objectIdentifier = HexFormat.of().parseHex(objectIdentifier);
    try {
      AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
      named.init(new ECGenParameterSpec(javaName));
      this.parameters = named.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this JDK has no curve " + javaName + " – use one with the module jdk.crypto.ec", missing);
    }
    this.prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
  }

  static Curve of(String webName) {
    for (Curve curve : values()) {
      if (curve.webName.equals(webName)) {
        return curve;
      }
    }
    throw new IllegalArgumentException("no curve is called " + webName);
  }

  static Curve of(ECKey key) {
    for (Curve curve : values()) {
      if (curve.parameters.getCurve().equals(key.getParams().getCurve())) {
        return curve;
      }
    }
    throw new IllegalArgumentException("the key's curve is not one of P-256, P-384 and P-521");
  }

  String webName() {
    return webName;
  }

  String javaName() {
    return javaName;
  }

  /// A number as exactly the field's bytes.
  byte[] field(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[fieldBytes];
    int copied = Math.min(bytes.length, fieldBytes);
    System.arraycopy(bytes, bytes.length - copied, fixed, fieldBytes - copied, copied);
    return fixed;
  }

  /// The number that exactly the field's bytes stand for.
  BigInteger field(byte[] bytes) {
    CryptoKeyHost.requireBytes(bytes.length == fieldBytes, "length of a number");
    return new BigInteger(1, bytes);
  }

  PublicKey publicKey(BigInteger x, BigInteger y) throws GeneralSecurityException {
    ECPoint point = new ECPoint(x, y);
    requireOnCurve(point);
    return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
  }

  /// A point as SEC 1 writes it, uncompressed or compressed.
  PublicKey publicKey(byte[] point) throws GeneralSecurityException {
    CryptoKeyHost.requireBytes(point.length > 0, "point");
    boolean whole = point[0] == 4 && point.length == 1 + 2 * fieldBytes;
    boolean compressed = (point[0] == 2 || point[0] == 3) && point.length == 1 + fieldBytes;
    CryptoKeyHost.requireBytes(whole || compressed, "point");
    BigInteger x = field(Arrays.copyOfRange(point, 1, 1 + fieldBytes));
    return publicKey(x, whole ? field(Arrays.copyOfRange(point, 1 + fieldBytes, point.length)) : otherCoordinate(x, point[0] == 3));
  }

  PrivateKey privateKey(BigInteger scalar) throws GeneralSecurityException {
    CryptoKeyHost.requireBytes(scalar.signum() > 0 && scalar.compareTo(parameters.getOrder()) < 0, "private number");
    return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(scalar, parameters));
  }

  PublicKey partnerOf(ECPrivateKey key) throws GeneralSecurityException {
    ECPoint point = multiply(parameters.getGenerator(), key.getS());
    return publicKey(point.getAffineX(), point.getAffineY());
  }

  byte[] point(ECPublicKey key) {
    byte[] point = new byte[1 + 2 * fieldBytes];
    point[0] = 4;
    System.arraycopy(field(key.getW().getAffineX()), 0, point, 1, fieldBytes);
    System.arraycopy(field(key.getW().getAffineY()), 0, point, 1 + fieldBytes, fieldBytes);
    return point;
  }

  /// RFC 5208 around RFC 5915, with the public key inside as browsers write it and Java does not.
  byte[] pkcs8(ECPrivateKey key, ECPublicKey partner) {
    byte[] bits = der(0xa1, der(0x03, concat(new byte[] {0}, point(partner))));
    byte[] inner = der(0x30, concat(new byte[] {0x02, 0x01, 0x01}, der(0x04, field(key.getS())), bits));
    return der(0x30, concat(new byte[] {0x02, 0x01, 0x00}, algorithm(), der(0x04, inner)));
  }

  /// The point in an SPKI form (RFC 5480) that holds it compressed, which Java does not read.
  Optional<byte[]> compressedPoint(byte[] spki) {
    int pointBytes = 1 + fieldBytes;
    if (spki.length < pointBytes) {
      return Optional.empty();
    }
    byte[] point = Arrays.copyOfRange(spki, spki.length - pointBytes, spki.length);
    byte[] same = der(0x30, concat(algorithm(), der(0x03, concat(new byte[] {0}, point))));
    return (point[0] == 2 || point[0] == 3) && Arrays.equals(spki, same) ? Optional.of(point) : Optional.empty();
  }

  private byte[] algorithm() {
    return der(0x30, concat(der(0x06, HexFormat.of().parseHex("2a8648ce3d0201")), der(0x06, objectIdentifier)));
  }

  void requireOnCurve(ECPoint point) {
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    boolean inField = x.signum() >= 0 && x.compareTo(prime) < 0 && y.signum() >= 0 && y.compareTo(prime) < 0;
    CryptoKeyHost.requireBytes(inField && y.multiply(y).mod(prime).equals(right(x)), "point");
  }

  private BigInteger right(BigInteger x) {
    return x.pow(3).add(parameters.getCurve().getA().multiply(x)).add(parameters.getCurve().getB()).mod(prime);
  }

  /// All three primes are 3 modulo 4, so that a root is a power.
  private BigInteger otherCoordinate(BigInteger x, boolean odd) {
    BigInteger y = right(x).modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
    return y.testBit(0) == odd ? y : prime.subtract(y);
  }

  /// A ladder: one addition and one doubling a bit, whatever the bit is.
  private ECPoint multiply(ECPoint point, BigInteger scalar) {
    ECPoint low = ECPoint.POINT_INFINITY;
    ECPoint high = point;
    for (int bit = parameters.getOrder().bitLength() - 1; bit >= 0; bit--) {
      ECPoint sum = add(low, high);
      boolean set = scalar.testBit(bit);
      ECPoint twice = set ? add(high, high) : add(low, low);
      low = set ? sum : twice;
      high = set ? twice : sum;
    }
    return low;
  }

  private ECPoint add(ECPoint one, ECPoint other) {
    if (one.equals(ECPoint.POINT_INFINITY)) {
      return other;
    }
    if (other.equals(ECPoint.POINT_INFINITY)) {
      return one;
    }
    BigInteger x1 = one.getAffineX();
    BigInteger y1 = one.getAffineY();
    boolean sameX = x1.equals(other.getAffineX());
    if (sameX && !y1.equals(other.getAffineY())) {
      return ECPoint.POINT_INFINITY;
    }
    BigInteger slope =
        sameX
            ? x1.pow(2).multiply(THREE).add(parameters.getCurve().getA()).multiply(y1.shiftLeft(1).modInverse(prime))
            : other.getAffineY().subtract(y1).multiply(other.getAffineX().subtract(x1).modInverse(prime));
    BigInteger x = slope.pow(2).subtract(x1).subtract(other.getAffineX()).mod(prime);
    return new ECPoint(x, slope.multiply(x1.subtract(x)).subtract(y1).mod(prime));
  }

  private static byte[] der(int tag, byte[] content) {
    int length = content.length;
    byte[] head =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : length < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return concat(head, content);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
