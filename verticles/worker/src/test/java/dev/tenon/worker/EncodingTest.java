package dev.tenon.worker;

import static dev.tenon.worker.WebApis.check;
import static dev.tenon.worker.WebApis.row;

import org.junit.jupiter.api.Test;

class EncodingTest {

  private static String decode(String label, String options, String bytes) {
    return "new TextDecoder('" + label + "', " + options + ").decode(new Uint8Array([" + bytes + "]))";
  }

  @Test
  void utf8IsDecodedAsTheStandardSays() {
    check(
        row(decode("utf-8", "{}", "0xef, 0xbb, 0xbf, 0x61"), "a"),
        row(decode("utf-8", "{ ignoreBOM: true }", "0xef, 0xbb, 0xbf, 0x61"), "\ufeffa"),
        row(decode("utf-8", "{}", "0x61, 0xff, 0xe2, 0x82"), "a\ufffd\ufffd"),
        row(decode("utf-8", "{ fatal: true }", "0xff"), "TypeError: Failed to decode input."),
        row("(() => { const d = new TextDecoder(); return d.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + d.decode(new Uint8Array([0xac])); })()", "€"),
        row("new TextEncoder().encode('€\\ud800').join()", "226,130,172,239,191,189"),
        row("new TextEncoder().encodeInto('€€', new Uint8Array(5))", "{\"read\":1,\"written\":3}"));
  }

  @Test
  void labelsNameTheirEncodings() {
    check(
        row("new TextDecoder(' Latin1 ').encoding", "windows-1252"),
        row("new TextDecoder('ascii').encoding", "windows-1252"),
        row("new TextDecoder('utf-16').encoding", "utf-16le"),
        row("new TextDecoder('sjis').encoding", "shift_jis"),
        row("new TextDecoder('nonsense')", "RangeError: \"nonsense\" is not a valid encoding."),
        row("new TextDecoder('iso-2022-kr')", "RangeError: \"iso-2022-kr\" is not a valid encoding."));
  }

  @Test
  void legacyEncodingsAreDecoded() {
    check(
        row(decode("windows-1252", "{}", "0x80, 0x81, 0xe9"), "€\u0081é"),
        row(decode("koi8-u", "{}", "0xae, 0xc1"), "ўа"),
        row(decode("iso-8859-10", "{}", "0xa1, 0xff"), "Ąĸ"),
        row(decode("iso-8859-14", "{}", "0xa1, 0xff"), "Ḃÿ"),
        row(decode("shift_jis", "{}", "0x93, 0xfa, 0x96, 0x7b, 0xb1"), "日本ｱ"),
        row(decode("euc-jp", "{}", "0xc6, 0xfc, 0xcb, 0xdc, 0x8e, 0xb1"), "日本ｱ"),
        row(decode("iso-2022-jp", "{}", "0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42, 0x61"), "日a"),
        row(decode("euc-kr", "{}", "0xc7, 0xd1, 0xb1, 0xdb"), "한글"),
        row(decode("big5", "{}", "0xa4, 0xa4, 0xa4, 0xe5"), "中文"),
        row(decode("gbk", "{}", "0xd6, 0xd0, 0x80"), "中€"),
        row(decode("gb18030", "{}", "0x81, 0x30, 0x81, 0x30, 0x94, 0x39, 0xda, 0x33"), "\u0080💩"),
        row(decode("gb18030", "{}", "0xfe, 0x59, 0x82, 0x35, 0x90, 0x37"), "\u9fb4\u9fb4"),
        row(decode("x-user-defined", "{}", "0x41, 0x80"), "A\uf780"),
        row(decode("shift_jis", "{}", "0x81, 0x41"), "、"),
        row(decode("shift_jis", "{}", "0x81, 0x20"), "\ufffd "),
        row(decode("shift_jis", "{ fatal: true }", "0x81"), "TypeError: Failed to decode input."),
        row("(() => { const d = new TextDecoder('gb18030'); return d.decode(new Uint8Array([0xd6]), { stream: true }) + d.decode(new Uint8Array([0xd0])); })()", "中"));
  }
}
