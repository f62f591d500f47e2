package dev.tenon.contract.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Year;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The formats of strings that are asserted. Others (`password`, `binary`, names of one's own) say something to readers and are not checked.
final class Formats {

  private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern DURATION = Pattern.compile("P(?!$)((\\d+Y)?(\\d+M)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?|\\d+W)");
  private static final Pattern BASE64 = Pattern.compile("(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
  private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*+)*+");
  private static final Pattern RELATIVE_POINTER = Pattern.compile("(0|[1-9][0-9]*+)(#|(/([^~/]|~[01])*+)*+)");
  private static final Pattern URI_TEMPLATE = Pattern.compile("([^\\x00-\\x20\"'<>%\\\\^`{|}]|%[0-9A-Fa-f]{2}|\\{[+#./;?&=,!@|]?VAR(,VAR)*+})*+".replace("VAR", "([A-Za-z0-9_.]|%[0-9A-Fa-f]{2})++(:[1-9][0-9]{0,3}|\\*)?"));
  private static final int TEXT_MAX = 4096;

  static final Map<String, Predicate<String>> KNOWN = Map.ofEntries(
      Map.entry("date", Formats::isDate),
      Map.entry("time", Formats::isTime),
      Map.entry("date-time", Formats::isDateTime),
      Map.entry("duration", text -> matches(DURATION, text)),
      Map.entry("uuid", Formats::isUuid),
      Map.entry("email", Formats::isEmail),
      Map.entry("hostname", text -> isHost(text, 0)),
      Map.entry("ipv4", text -> matches(IPV4, text)),
      Map.entry("ipv6", Formats::isIpv6),
      Map.entry("uri", text -> isUri(text, true)),
      Map.entry("uri-reference", text -> isUri(text, false)),
      Map.entry("iri", text -> isIri(text, true)),
      Map.entry("iri-reference", text -> isIri(text, false)),
      Map.entry("uri-template", text -> matches(URI_TEMPLATE, text)),
      Map.entry("idn-email", Formats::isIdnEmail),
      Map.entry("regex", text -> text.length() <= TEXT_MAX && TextPattern.isOne(text)),
      Map.entry("relative-json-pointer", text -> matches(RELATIVE_POINTER, text)),
      Map.entry("json-pointer", text -> matches(POINTER, text)),
      Map.entry("byte", text -> BASE64.matcher(text).matches()));

  private Formats() {}

  private static boolean matches(Pattern pattern, String text) {
    return text.length() <= TEXT_MAX && pattern.matcher(text).matches();
  }

  /// RFC 3339, 5.6: a day that there is.
  private static boolean isDate(String text) {
    if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return false;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= (month == 2 ? Year.isLeap(year) ? 29 : 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31);
  }

  /// The number that these characters are as decimal digits; negative when they are none.
  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number;
  }

  private static boolean isDateTime(String text) {
    return text.length() > 11 && (text.charAt(10) == 'T' || text.charAt(10) == 't') && isDate(text.substring(0, 10)) && isTime(text, 11);
  }

  private static boolean isTime(String text) {
    return isTime(text, 0);
  }

  /// RFC 3339, 5.6 and 5.7: a second 60 is the last of a day in UTC.
  private static boolean isTime(String text, int from) {
    int length = text.length();
    if (length < from + 9 || length > TEXT_MAX || text.charAt(from + 2) != ':' || text.charAt(from + 5) != ':') {
      return false;
    }
    int hour = digits(text, from, from + 2);
    int minute = digits(text, from + 3, from + 5);
    int second = digits(text, from + 6, from + 8);
    int at = from + 8;
    if (text.charAt(at) == '.') {
      int point = at++;
      while (at < length && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (at == point + 1) {
        return false;
      }
    }
    int offset = at < length ? offset(text, at) : Integer.MIN_VALUE;
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60 && offset != Integer.MIN_VALUE
        && (second < 60 || Math.floorMod(hour * 60 + minute - offset, 24 * 60) == 24 * 60 - 1);
  }

  /// The minutes that a time is before UTC's; the smallest number there is when it does not end with an offset.
  private static int offset(String text, int at) {
    char sign = text.charAt(at);
    if ((sign == 'Z' || sign == 'z') && text.length() == at + 1) {
      return 0;
    }
    if (sign != '+' && sign != '-' || text.length() != at + 6 || text.charAt(at + 3) != ':') {
      return Integer.MIN_VALUE;
    }
    int hours = digits(text, at + 1, at + 3);
    int minutes = digits(text, at + 4, at + 6);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    return sign == '-' ? -(hours * 60 + minutes) : hours * 60 + minutes;
  }

  private static boolean isUuid(String text) {
    if (text.length() != 36) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      char c = text.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')) {
        return false;
      }
    }
    return true;
  }

  /// RFC 1123, 2.1: labels of letters, digits and inner hyphens.
  private static boolean isHost(String text, int from) {
    int length = text.length();
    if (length == from || length - from > 253) {
      return false;
    }
    int label = from;
    for (int i = from; i <= length; i++) {
      char c = i == length ? '.' : text.charAt(i);
      if (c == '.') {
        if (i == label || i - label > 63 || text.charAt(label) == '-' || text.charAt(i - 1) == '-') {
          return false;
        }
        label = i + 1;
      } else if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIdnEmail(String text) {
    int at = text.lastIndexOf('@');
    return at > 0 && text.length() <= 320 && text.substring(0, at).strip().length() == at && at < text.length() - 1 && text.indexOf(' ', at) < 0;
  }

  /// An address as mail is sent to it: no comments, no quoted words.
  private static boolean isEmail(String text) {
    int at = text.lastIndexOf('@');
    if (at <= 0 || at > 64 || text.charAt(0) == '.' || text.charAt(at - 1) == '.') {
      return false;
    }
    for (int i = 0; i < at; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '@' || c == 0x7F || c == '.' && text.charAt(i + 1) == '.') {
        return false;
      }
    }
    return isHost(text, at + 1);
  }

  private static boolean isUri(String text, boolean absolute) {
    try {
      URI uri = new URI(text);
      return text.length() <= TEXT_MAX * 4 && text.chars().allMatch(c -> c > ' ' && c < 0x7F) && (uri.isAbsolute() || !absolute) && hasPlainAuthority(uri);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /// Java also takes authorities that RFC 3986 does not know: an IPv6 address without brackets.
  private static boolean hasPlainAuthority(URI uri) {
    String authority = uri.getRawAuthority();
    if (authority == null) {
      return true;
    }
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    return host.startsWith("[") || host.indexOf(':') == host.lastIndexOf(':');
  }

  /// RFC 3987: as a URI, with characters beyond ASCII where letters may be.
  private static boolean isIri(String text, boolean absolute) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.codePoints().forEach(c -> ascii.appendCodePoint(c >= 0xA0 && c < 0x2FE000 && !Character.isSpaceChar(c) ? 'a' : c));
    return isUri(ascii.toString(), absolute);
  }

  private static boolean isIpv6(String text) {
    if (text.isEmpty() || text.length() > 45 || !text.contains(":") || text.contains(":::") || text.contains("%")) {
      return false;
    }
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    String[] halves = gap < 0 ? new String[] {text} : new String[] {text.substring(0, gap), text.substring(gap + 2)};
    int groups = 0;
    for (int i = 0; i < halves.length; i++) {
      int found = groups(halves[i], i == halves.length - 1);
      if (found < 0) {
        return false;
      }
      groups += found;
    }
    return gap < 0 ? groups == 8 : groups <= 7;
  }

  private static int groups(String half, boolean last) {
    if (half.isEmpty()) {
      return 0;
    }
    int groups = 0;
    String[] parts = half.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (last && i == parts.length - 1 && parts[i].contains(".")) {
        if (!matches(IPV4, parts[i])) {
          return -1;
        }
        groups += 2;
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        groups++;
      } else {
        return -1;
      }
    }
    return groups;
  }
}
