package dev.tenon.contract.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The formats of strings that are asserted. Others (`password`, `binary`, names of one's own) say something to readers and are not checked.
final class Formats {

  private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d):([0-5]\\d|60)(\\.\\d+)?([zZ]|([+-])([01]\\d|2[0-3]):([0-5]\\d))");
  private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
  private static final Pattern HOST = Pattern.compile("(?=.{1,253}$)[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");
  private static final Pattern EMAIL_LOCAL = Pattern.compile("[^\\s@.\\p{Cntrl}]+(\\.[^\\s@.\\p{Cntrl}]+)*");
  private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern DURATION = Pattern.compile("P(?!$)((\\d+Y)?(\\d+M)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?|\\d+W)");
  private static final Pattern BASE64 = Pattern.compile("(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
  private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*+)*+");
  private static final Pattern RELATIVE_POINTER = Pattern.compile("(0|[1-9][0-9]*+)(#|(/([^~/]|~[01])*+)*+)");
  private static final Pattern URI_TEMPLATE = Pattern.compile("([^\\x00-\\x20\"'<>%\\\\^`{|}]|%[0-9A-Fa-f]{2}|\\{[+#./;?&=,!@|]?VAR(,VAR)*+})*+".replace("VAR", "([A-Za-z0-9_.]|%[0-9A-Fa-f]{2})++(:[1-9][0-9]{0,3}|\\*)?"));
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
  private static final int TEXT_MAX = 4096;

  static final Map<String, Predicate<String>> KNOWN = Map.ofEntries(
      Map.entry("date", Formats::isDate),
      Map.entry("time", Formats::isTime),
      Map.entry("date-time", Formats::isDateTime),
      Map.entry("duration", text -> matches(DURATION, text)),
      Map.entry("uuid", text -> matches(UUID, text)),
      Map.entry("email", Formats::isEmail),
      Map.entry("hostname", text -> matches(HOST, text)),
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

  private static boolean isDate(String text) {
    try {
      return text.length() == 10 && LocalDate.parse(text, DATE) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isDateTime(String text) {
    return text.length() > 11 && (text.charAt(10) == 'T' || text.charAt(10) == 't') && isDate(text.substring(0, 10)) && isTime(text.substring(11));
  }

  /// RFC 3339, 5.6 and 5.7: a second 60 is the last of a day in UTC.
  private static boolean isTime(String text) {
    Matcher time = TIME.matcher(text);
    if (text.length() > TEXT_MAX || !time.matches()) {
      return false;
    }
    if (!time.group(3).equals("60")) {
      return true;
    }
    int minutes = Integer.parseInt(time.group(1)) * 60 + Integer.parseInt(time.group(2));
    int offset = time.group(6) == null ? 0 : Integer.parseInt(time.group(7)) * 60 + Integer.parseInt(time.group(8));
    return Math.floorMod(minutes + ("-".equals(time.group(6)) ? offset : -offset), 24 * 60) == 24 * 60 - 1;
  }

  private static boolean isIdnEmail(String text) {
    int at = text.lastIndexOf('@');
    return at > 0 && text.length() <= 320 && text.substring(0, at).strip().length() == at && at < text.length() - 1 && text.indexOf(' ', at) < 0;
  }

  private static boolean isEmail(String text) {
    int at = text.lastIndexOf('@');
    return at > 0 && at <= 64 && matches(EMAIL_LOCAL, text.substring(0, at)) && matches(HOST, text.substring(at + 1));
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
