package dev.tenon.auth;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An e-mail address in the one form it is compared and kept in: lower case, the domain in ASCII.
///
/// Deviation from RFC 5321: the part before the @ is compared without case, as every large provider does; quoted parts
/// and address literals are not accepted.
record EmailAddress(String text) {

  private static final int CHARACTERS_MAX = 254;
  private static final int LOCAL_CHARACTERS_MAX = 64;
  private static final Pattern LOCAL = Pattern.compile("[^\\s@<>()\\[\\],;:\\\\\"\\p{Cntrl}\\p{Cs}]+");
  private static final Pattern DOMAIN = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  /// Empty when it is none.
  static Optional<EmailAddress> parse(String written) {
    String trimmed = Normalizer.normalize(written.strip(), Normalizer.Form.NFC);
    int at = trimmed.lastIndexOf('@');
    if (at < 1 || at > LOCAL_CHARACTERS_MAX) {
      return Optional.empty();
    }
    String local = trimmed.substring(0, at).toLowerCase(Locale.ROOT);
    String address = local + "@" + domain(trimmed.substring(at + 1));
    boolean dots = local.startsWith(".") || local.endsWith(".") || local.contains("..");
    return !dots && LOCAL.matcher(local).matches() && !address.endsWith("@") && address.length() <= CHARACTERS_MAX
        ? Optional.of(new EmailAddress(address))
        : Optional.empty();
  }

  /// Empty when it is none.
  private static String domain(String written) {
    try {
      String ascii = IDN.toASCII(written, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      return DOMAIN.matcher(ascii).matches() ? ascii : "";
    } catch (IllegalArgumentException notOne) {
      return "";
    }
  }

  /// Not the address, so that it does not end in a log.
  @Override
  public String toString() {
    return "EmailAddress";
  }
}
