/// Rewrites HTML while it streams past: what `HTMLRewriter` stands on.
///
/// Enter at [HtmlHost]. A [Tokenizer] cuts bytes into lexemes without building a tree; [Context] guesses what a tree would have said (how text is read,
/// which namespace a tag is in); [Elements] keeps the open elements and matches [Selector]s; [HtmlRewriting] hands the lexemes that somebody listens to
/// to JavaScript and lets everything else pass byte for byte. The package knows no Vert.x and starts no thread.
///
/// The model is Cloudflare's lol-html, whose observable behaviour is kept: no implied end tags, character references are not decoded, an end tag closes what
/// is still open inside its element.
package dev.tenon.worker.html;
