package dev.tenon.worker;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// The encodings of Node.js's `Buffer` but UTF-8, which JavaScript does itself. Decoding is as lenient as Node.js's: what is wrong is skipped or ends it.
public final class NodeTextHost {

  private static final HexFormat HEX = HexFormat.of();
  private static final int IGNORED = -1;
  private static final byte[] BASE64 = new byte[128];

  static {
    Arrays.fill(BASE64, (byte) IGNORED);
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int value = 0; value < digits.length(); value++) {
      BASE64[digits.charAt(value)] = (byte) value;
    }
    BASE64['-'] = 62;
    BASE64['_'] = 63;
  }

  NodeTextHost() {}

  @HostAccess.Export
  public String latin1(Value buffer, int offset, int length) {
    return new String(JsBytes.read(buffer, offset, length), StandardCharsets.ISO_8859_1);
  }

  @HostAccess.Export
  public String ascii(Value buffer, int offset, int length) {
    byte[] bytes = JsBytes.read(buffer, offset, length);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] &= 0x7f;
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /// A last odd byte is left out.
  @HostAccess.Export
  public String utf16(Value buffer, int offset, int length) {
    byte[] bytes = JsBytes.read(buffer, offset, length & ~1);
    char[] units = new char[bytes.length / 2];
    for (int i = 0; i < units.length; i++) {
      units[i] = (char) (bytes[2 * i] & 0xff | bytes[2 * i + 1] << 8);
    }
    return new String(units);
  }

  @HostAccess.Export
  public String hex(Value buffer, int offset, int length) {
    return HEX.formatHex(JsBytes.read(buffer, offset, length));
  }

  @HostAccess.Export
  public String base64(Value buffer, int offset, int length) {
    return new String(Base64.getEncoder().encode(JsBytes.read(buffer, offset, length)), StandardCharsets.ISO_8859_1);
  }

  @HostAccess.Export
  public String base64url(Value buffer, int offset, int length) {
    return new String(Base64.getUrlEncoder().withoutPadding().encode(JsBytes.read(buffer, offset, length)), StandardCharsets.ISO_8859_1);
  }

  /// The low byte of every unit.
  @HostAccess.Export
  public ByteBuffer fromLatin1(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    return JsBytes.outgoing(bytes);
  }

  @HostAccess.Export
  public ByteBuffer fromUtf16(String text) {
    byte[] bytes = new byte[text.length() * 2];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) text.charAt(i);
      bytes[2 * i + 1] = (byte) (text.charAt(i) >> 8);
    }
    return JsBytes.outgoing(bytes);
  }

  /// Ends at the first pair that is no byte.
  @HostAccess.Export
  public ByteBuffer fromHex(String text) {
    byte[] bytes = new byte[text.length() / 2];
    int count = 0;
    while (count < bytes.length) {
      int high = Character.digit(narrow(text.charAt(2 * count)), 16);
      int low = Character.digit(narrow(text.charAt(2 * count + 1)), 16);
      if (high < 0 || low < 0) {
        break;
      }
      bytes[count++] = (byte) (high << 4 | low);
    }
    return JsBytes.outgoing(count == bytes.length ? bytes : Arrays.copyOf(bytes, count));
  }

  /// Digits of other scripts are none here.
  private static char narrow(char unit) {
    return unit < 128 ? unit : '?';
  }

  /// Takes both alphabets; ends at `=`, and skips everything else.
  @HostAccess.Export
  public ByteBuffer fromBase64(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() * 3 / 4 + 3);
    int bits = 0;
    int held = 0;
    for (int i = 0; i < text.length() && text.charAt(i) != '='; i++) {
      int value = text.charAt(i) < 128 ? BASE64[text.charAt(i)] : IGNORED;
      if (value != IGNORED) {
        bits = (bits << 6 | value) & 0xffff;
        held += 6;
        if (held >= 8) {
          held -= 8;
          bytes.write(bits >> held);
        }
      }
    }
    return JsBytes.outgoing(bytes.toByteArray());
  }
}
