package dev.tenon.worker;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Set;
import org.graalvm.polyglot.HostAccess;

/// Internationalised domain names for the URL parser.
public final class UrlHost {

  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ | IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE);

  /// What the URL standard does not mind: it asks for neither hyphens nor lengths to be checked.
  private static final Set<IDNA.Error> HARMLESS =
      EnumSet.of(
          IDNA.Error.EMPTY_LABEL,
          IDNA.Error.LABEL_TOO_LONG,
          IDNA.Error.DOMAIN_NAME_TOO_LONG,
          IDNA.Error.LEADING_HYPHEN,
          IDNA.Error.TRAILING_HYPHEN,
          IDNA.Error.HYPHEN_3_4);

  UrlHost() {}

  /// <https://url.spec.whatwg.org/#concept-domain-to-ascii> with beStrict false; null for failure.
  @HostAccess.Export
  public String domainToASCII(String domain) {
    IDNA.Info info = new IDNA.Info();
    String ascii = UTS46.nameToASCII(domain, new StringBuilder(), info).toString();
    return HARMLESS.containsAll(info.getErrors()) ? ascii : null;
  }
}
