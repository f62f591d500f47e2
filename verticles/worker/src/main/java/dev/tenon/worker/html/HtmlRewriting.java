package dev.tenon.worker.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// One document on its way through an `HTMLRewriter`.
///
/// JavaScript calls [#next()] until it says [#INPUT], writes more or calls [#end()], and so on to [#DONE]. Where handlers are to be called for a lexeme,
/// `next` says its kind: then [#handler()] gives one after the other, the token changes through [#token()], and [#emit()] writes it. What nobody listens to
/// goes through byte for byte. Used on the isolate's thread; what it keeps is bounded by [Tokenizer#BYTES_MAX] and the size of one token's new content.
public final class HtmlRewriting {

  // What next() says. The numbers are those of html-rewriter-run.js.
  static final int INPUT = 0;
  static final int START_TAG = 1;
  static final int END_TAG = 2;
  static final int TEXT = 3;
  static final int COMMENT = 4;
  static final int DOCTYPE = 5;
  static final int DOCUMENT_END = 6;
  static final int DONE = 7;
  static final int FAILED = 8;
  static final int OUTPUT = 9;

  private static final int OUTPUT_BYTES = 64 << 10;
  private static final int SLICE_BYTES = 64 << 10;
  private static final int NONE = -1;

  private final TextCodec codec;
  private final Context context = new Context();
  private final TagNames names = new TagNames();
  private final Tokenizer tokenizer = new Tokenizer(context, names);
  private final Elements elements;
  private final Registrations registrations = new Registrations();
  private final TextPieces text;
  private final Output output = new Output();
  private final HtmlToken token;
  private boolean hasSelectors;

  private byte[] piece = new byte[0];
  private int pieceTaken;
  private Tokenizer.Lexeme held;
  private int copied;
  private boolean emitting = true;
  private int removing;
  private BitSet handlers = new BitSet();
  private int nextHandler = NONE;
  private int kind;
  private final List<EndTagWork> endTagWork = new ArrayList<>();
  private Elements.Element element;
  private boolean ending;
  private String message = "";

  HtmlRewriting(TextCodec codec, boolean esiIsVoid) {
    this.codec = codec;
    this.elements = new Elements(esiIsVoid);
    this.text = new TextPieces(codec);
    this.token = new HtmlToken(codec, output);
  }

  // ---- handlers

  /// Handlers for what a selector matches.
  ///
  /// @return what is wrong with the selector; null for nothing
  @HostAccess.Export
  public String on(HtmlSelector selector, boolean element, boolean comments, boolean text) {
    try {
      elements.add(selector.in(codec), registrations.add(element, comments, text));
      hasSelectors = true;
      return null;
    } catch (SelectorException wrong) {
      return wrong.getMessage();
    }
  }

  /// Handlers for the document; after all those of selectors.
  @HostAccess.Export
  public void onDocument(boolean doctype, boolean comments, boolean text, boolean end) {
    registrations.addForDocument(doctype, comments, text, end);
  }

  // ---- input and output

  /// The next piece of the document. Called after [#INPUT].
  @HostAccess.Export
  public void write(Value buffer, int offset, int length) {
    piece = new byte[length];
    pieceTaken = 0;
    if (length > 0) {
      buffer.readBuffer(offset, piece, 0, length);
    }
  }

  /// There is no more input. Called after [#INPUT].
  @HostAccess.Export
  public void end() {
    tokenizer.finish();
  }

  /// How many bytes are ready to go out.
  @HostAccess.Export
  public int outputLength() {
    return output.length();
  }

  /// The bytes that are ready to go out, at least one.
  @HostAccess.Export
  public Object takeOutput() {
    return output.take();
  }

  /// What went wrong, after [#FAILED].
  @HostAccess.Export
  public String message() {
    return message;
  }

  /// What handlers see and change.
  @HostAccess.Export
  public HtmlToken token() {
    return token;
  }

  // ---- the document

  /// Goes on to what JavaScript has to do.
  @HostAccess.Export
  public int next() {
    if (output.length() >= OUTPUT_BYTES) {
      return OUTPUT;
    }
    try {
      return step();
    } catch (RewritingException failure) {
      message = failure.getMessage();
      return FAILED;
    }
  }

  private int step() throws RewritingException {
    if (text.isOpen() && text.next()) {
      return piece();
    }
    for (;;) {
      if (output.length() >= OUTPUT_BYTES) {
        return OUTPUT;
      }
      tokenizer.unheard(!registrations.listenToComments() && registrations.doctypes().isEmpty());
      Tokenizer.Lexeme lexeme = held == null ? tokenizer.advance() : held;
      held = null;
      if (text.isOpen() && lexeme != Tokenizer.Lexeme.TEXT && lexeme != Tokenizer.Lexeme.MORE) {
        held = lexeme;
        text.finish();
        return piece();
      }
      int event = switch (lexeme) {
        case MORE -> input();
        case TEXT -> text();
        case START_TAG -> startTag();
        case END_TAG -> endTag();
        case COMMENT -> comment();
        case DOCTYPE -> doctype();
        case MARKUP -> NONE;
        case END -> documentEnd();
      };
      if (event != NONE) {
        return event;
      }
    }
  }

  /// All that is consumed by now and was not captured goes on as it is.
  private void copyTo(int position) {
    if (emitting) {
      output.append(tokenizer.input(), copied, position);
    }
    copied = position;
  }

  /// The lexeme goes on through its token.
  private void capture() {
    copyTo(tokenizer.start());
    copied = tokenizer.end();
  }

  /// Gives the tokenizer more of what was written; in slices where they have to be put behind what it has kept.
  private int input() throws RewritingException {
    copyTo(tokenizer.consumed());
    if (pieceTaken == piece.length) {
      return INPUT;
    }
    if (pieceTaken == 0 && tokenizer.kept() == 0) {
      tokenizer.append(piece, piece.length);
      pieceTaken = piece.length;
    } else {
      int to = Math.min(piece.length, pieceTaken + SLICE_BYTES);
      tokenizer.append(Arrays.copyOfRange(piece, pieceTaken, to), to - pieceTaken);
      pieceTaken = to;
    }
    copied = tokenizer.consumed();
    return NONE;
  }

  private int text() {
    if (!registrations.listenToText()) {
      return NONE;
    }
    capture();
    text.feed(tokenizer.input(), tokenizer.start(), tokenizer.end());
    return text.next() ? piece() : NONE;
  }

  private int piece() {
    token.beText(text.text(), text.raw(), text.last());
    return call(TEXT, registrations.text());
  }

  private int startTag() throws RewritingException {
    if (!hasSelectors) {
      return NONE;
    }
    Tag tag = tokenizer.tag();
    element = elements.start(tag, tokenizer.input());
    BitSet matched = element.matched();
    if (matched.isEmpty()) {
      return NONE;
    }
    if (elements.canHaveContent(tag)) {
      registrations.use(matched, 1);
    }
    BitSet wanting = registrations.elements(matched);
    if (wanting.isEmpty()) {
      return NONE;
    }
    capture();
    token.beStartTag(new StartTag(codec, tag, tokenizer.input(), tokenizer.start(), tokenizer.end()), tag.namespace(), elements.canHaveContent(tag), removing > 0);
    return call(START_TAG, wanting);
  }

  private int endTag() {
    if (!hasSelectors) {
      return NONE;
    }
    Tag tag = tokenizer.tag();
    elements.end(tag.name(), closed -> {
      registrations.use(closed.matched(), -1);
      if (closed.contentRemoved()) {
        removing--;
      }
      if (closed.endTagWork() != null) {
        endTagWork.add(closed.endTagWork());
      }
    });
    if (!emitting && removing == 0) {
      emitting = true;
      copied = tokenizer.start();
    }
    if (endTagWork.isEmpty()) {
      return NONE;
    }
    capture();
    token.beEndTag(tokenizer.input(), tokenizer.start(), tokenizer.end(), tag.nameStart(), tag.nameEnd());
    nextHandler = NONE;
    return END_TAG;
  }

  private int comment() {
    if (!registrations.listenToComments()) {
      return NONE;
    }
    capture();
    token.beComment(tokenizer.input(), tokenizer.start(), tokenizer.end(), tokenizer.textStart(), tokenizer.textEnd());
    return call(COMMENT, registrations.comments());
  }

  private int doctype() {
    if (registrations.doctypes().isEmpty()) {
      return NONE;
    }
    capture();
    token.beDoctype(tokenizer.input(), tokenizer.start(), tokenizer.end(), new Doctype(tokenizer.input(), tokenizer.textStart(), tokenizer.textEnd()));
    return call(DOCTYPE, registrations.doctypes());
  }

  private int documentEnd() {
    copyTo(tokenizer.consumed());
    if (ending || registrations.ends().isEmpty()) {
      return DONE;
    }
    ending = true;
    token.beDocumentEnd();
    handlers = registrations.ends();
    nextHandler = handlers.length() - 1;
    kind = DOCUMENT_END;
    return DOCUMENT_END;
  }

  private int call(int event, BitSet listeners) {
    handlers = listeners;
    nextHandler = listeners.nextSetBit(0);
    kind = event;
    return event;
  }

  /// The next handler to call for the token: the number of its registration, or for an end tag that which it was given; -1 when all have been called.
  @HostAccess.Export
  public int handler() {
    if (!endTagWork.isEmpty()) {
      return endTagHandler();
    }
    int handler = nextHandler;
    if (handler >= 0) {
      // Those of the end run from the last to the first.
      nextHandler = kind == DOCUMENT_END ? handlers.previousSetBit(handler - 1) : handlers.nextSetBit(handler + 1);
    }
    return handler;
  }

  /// The innermost element's work comes first; what an outer one wants takes the place of it.
  private int endTagHandler() {
    while (!endTagWork.isEmpty()) {
      EndTagWork work = endTagWork.removeLast();
      token.apply(work);
      if (work.handler() >= 0) {
        return work.handler();
      }
    }
    return NONE;
  }

  /// Writes the token, up to the next stream that is to stand in it.
  ///
  /// @return the stream's number: its content is to be written with [#streamed], then this is to be called again; -1 when all is written
  @HostAccess.Export
  public int emit() {
    boolean done = !emitting || token.write();
    if (!done) {
      return token.stream();
    }
    if (token.isStartTag()) {
      startTagDone();
    }
    token.forget();
    return NONE;
  }

  private void startTagDone() {
    if (token.canHaveContent()) {
      if (token.removesContent()) {
        element.removeContent();
        removing++;
      }
      element.atEndTag(token.endTagWork());
    }
    emitting = removing == 0;
  }

  /// Text for the place that [#emit] has come to.
  @HostAccess.Export
  public void streamed(String content, boolean html) {
    output.append(codec.encode(html ? content : Output.escape(content)));
  }
}
