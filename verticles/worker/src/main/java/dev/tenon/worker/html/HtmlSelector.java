package dev.tenon.worker.html;

/// A selector as `HTMLRewriter.on` takes it, checked, and ready for documents in UTF-8.
public final class HtmlSelector {

  private final Selector selector;

  HtmlSelector(Selector selector) {
    this.selector = selector;
  }

  Selector in(TextCodec codec) throws SelectorException {
    return codec.isUtf8() ? selector : Selector.parse(selector.text(), codec);
  }
}
