package dev.tenon.worker;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The upper halves of the single-byte encodings, 128 characters each, U+FFFD where a byte means nothing.
///
/// Taken from Java's charsets, which leave holes where the standard has control characters and differ in a few places.
final class SingleByteTable {

  private static final Map<String, String> TABLES = new ConcurrentHashMap<>();

  private SingleByteTable() {}

  static String of(String encoding) {
    return TABLES.computeIfAbsent(encoding, SingleByteTable::make);
  }

  private static String make(String encoding) {
    return switch (encoding) {
      case "x-user-defined" -> userDefined();
      case "iso-8859-10" -> c1() + LATIN_6;
      case "iso-8859-14" -> c1() + LATIN_8;
      case "iso-8859-8-i" -> of("iso-8859-8");
      case "macintosh" -> ofCharset("x-MacRoman");
      case "x-mac-cyrillic" -> ofCharset("x-MacUkraine");
      case "windows-874" -> ofCharset("x-windows-874");
      case "koi8-u" -> with(with(ofCharset("KOI8-U"), 0xae, '\u045e'), 0xbe, '\u040e');
      case "windows-1255" -> with(ofCharset("windows-1255"), 0xca, '\u05ba');
      default -> ofCharset(encoding);
    };
  }

  private static String ofCharset(String name) {
    byte[] bytes = new byte[128];
    for (int i = 0; i < 128; i++) {
      bytes[i] = (byte) (0x80 + i);
    }
    StringBuilder table = new StringBuilder(Charset.forName(name).decode(ByteBuffer.wrap(bytes)));
    for (int i = 0; i < 0x20; i++) {
      if (table.charAt(i) == '\uFFFD') {
        table.setCharAt(i, (char) (0x80 + i));
      }
    }
    return table.toString();
  }

  private static String with(String table, int b, char c) {
    StringBuilder changed = new StringBuilder(table);
    changed.setCharAt(b - 0x80, c);
    return changed.toString();
  }

  private static String c1() {
    StringBuilder controls = new StringBuilder(32);
    for (int i = 0x80; i < 0xa0; i++) {
      controls.append((char) i);
    }
    return controls.toString();
  }

  private static String userDefined() {
    StringBuilder table = new StringBuilder(128);
    for (int i = 0; i < 128; i++) {
      table.append((char) (0xf780 + i));
    }
    return table.toString();
  }

  private static final String LATIN_6 =
      "\u00a0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00adŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ";
  private static final String LATIN_8 =
      "\u00a0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00ad®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ";
}
