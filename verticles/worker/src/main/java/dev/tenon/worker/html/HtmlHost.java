package dev.tenon.worker.html;

import java.util.function.Function;
import org.graalvm.polyglot.HostAccess;

/// What `HTMLRewriter` stands on.
public final class HtmlHost {

  private final Function<String, LegacyText> legacy;

  /// @param legacy decoders of the encodings that are not UTF-8, by their names
  public HtmlHost(Function<String, LegacyText> legacy) {
    this.legacy = legacy;
  }

  /// An [HtmlSelector]; the text of what is wrong with it where it is none.
  @HostAccess.Export
  public Object selector(String text) {
    try {
      return new HtmlSelector(Selector.parse(text, TextCodec.UTF_8));
    } catch (SelectorException wrong) {
      return wrong.getMessage();
    }
  }

  /// Begins with a document.
  ///
  /// @param encoding a name of the Encoding Standard in lower case
  /// @param esiIsVoid whether `<esi:include>` and `<esi:comment>` have no content
  /// @return null for an encoding that does not extend ASCII
  @HostAccess.Export
  public HtmlRewriting rewrite(String encoding, boolean esiIsVoid) {
    return TextCodec.of(encoding, legacy).map(codec -> new HtmlRewriting(codec, esiIsVoid)).orElse(null);
  }
}
