package dev.tenon.worker.html;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Text to bytes and back in a document's encoding, which extends ASCII. <https://encoding.spec.whatwg.org/>
final class TextCodec {

  static final TextCodec UTF_8 = new TextCodec(true, null, null, null);

  private static final Set<String> NOT_OVER_ASCII = Set.of("utf-16le", "utf-16be", "iso-2022-jp", "replacement");

  /// What Java calls the encodings of more than one byte a character.
  private static final Map<String, String> MULTI_BYTE = Map.of(
      "gbk", "GBK", "gb18030", "GB18030", "big5", "x-windows-950", "euc-jp", "EUC-JP", "shift_jis", "windows-31j", "euc-kr", "x-windows-949");

  private final boolean utf8;
  private final Supplier<LegacyText> decoders;
  private final Map<Character, Byte> singleBytes;
  private final Charset multiByte;

  private TextCodec(boolean utf8, Supplier<LegacyText> decoders, Map<Character, Byte> singleBytes, Charset multiByte) {
    this.utf8 = utf8;
    this.decoders = decoders;
    this.singleBytes = singleBytes;
    this.multiByte = multiByte;
  }

  /// @param encoding a name of the Encoding Standard in lower case
  /// @param legacy makes decoders of the encodings that are not UTF-8
  /// @return empty for an encoding in which bytes below 0x80 are not ASCII
  static Optional<TextCodec> of(String encoding, Function<String, LegacyText> legacy) {
    if (encoding.equals("utf-8")) {
      return Optional.of(UTF_8);
    }
    if (NOT_OVER_ASCII.contains(encoding)) {
      return Optional.empty();
    }
    String multiByte = MULTI_BYTE.get(encoding);
    Supplier<LegacyText> decoders = () -> legacy.apply(encoding);
    return Optional.of(multiByte == null
        ? new TextCodec(false, decoders, singleBytes(legacy.apply(encoding)), null)
        : new TextCodec(false, decoders, null, Charset.forName(multiByte)));
  }

  private static Map<Character, Byte> singleBytes(LegacyText decoder) {
    Map<Character, Byte> bytes = new HashMap<>();
    for (int b = 0x80; b < 0x100; b++) {
      String text = decoder.decode(new byte[] {(byte) b}, false);
      if (text.charAt(0) != '\uFFFD') {
        bytes.put(text.charAt(0), (byte) b);
      }
    }
    return bytes;
  }

  boolean isUtf8() {
    return utf8;
  }

  /// Whether every byte is one character.
  boolean isSingleByte() {
    return singleBytes != null;
  }

  /// A decoder with the state of a stream; not for UTF-8.
  LegacyText decoder() {
    return decoders.get();
  }

  String decode(byte[] bytes, int start, int end) {
    if (utf8 || isAscii(bytes, start, end)) {
      return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
    return decoder().decode(Arrays.copyOfRange(bytes, start, end), false);
  }

  static boolean isAscii(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /// The bytes of a text without lone surrogates. What the encoding lacks becomes a character reference.
  byte[] encode(String text) {
    if (utf8) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    CharsetEncoder encoder = multiByte == null ? null : encoder();
    text.codePoints().forEach(point -> {
      byte[] character = point < 0x80 ? new byte[] {(byte) point} : bytesOf(point, encoder);
      bytes.writeBytes(character != null ? character : Ascii.bytes("&#" + point + ";"));
    });
    return bytes.toByteArray();
  }

  /// As [#encode], empty when the encoding lacks a character.
  Optional<byte[]> encodeExactly(String text) {
    if (utf8) {
      return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }
    CharsetEncoder encoder = multiByte == null ? null : encoder();
    boolean lacks = text.codePoints().anyMatch(point -> point >= 0x80 && bytesOf(point, encoder) == null);
    return lacks ? Optional.empty() : Optional.of(encode(text));
  }

  private CharsetEncoder encoder() {
    return multiByte.newEncoder().onUnmappableCharacter(CodingErrorAction.REPORT).onMalformedInput(CodingErrorAction.REPORT);
  }

  /// Null when there are none.
  private byte[] bytesOf(int point, CharsetEncoder encoder) {
    if (encoder == null) {
      Byte single = point > 0xffff ? null : singleBytes.get((char) point);
      return single == null ? null : new byte[] {single};
    }
    if (point == '€' && multiByte.name().equals("GBK")) {
      return new byte[] {(byte) 0x80};
    }
    try {
      ByteBuffer encoded = encoder.encode(CharBuffer.wrap(Character.toChars(point)));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      // Browsers read JIS X 0212 but do not write it.
      return bytes.length == 3 && multiByte.name().equals("EUC-JP") ? null : bytes;
    } catch (CharacterCodingException lacking) {
      return null;
    }
  }
}
