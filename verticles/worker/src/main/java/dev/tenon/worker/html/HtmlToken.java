package dev.tenon.worker.html;

import java.util.Deque;
import java.util.Optional;
import org.graalvm.polyglot.HostAccess;

/// The lexeme that handlers are called for, and what they make of it. One per document, used for each lexeme in turn.
public final class HtmlToken {

  // Where new content goes. The numbers are those of html-rewriter-tokens.js.
  static final int BEFORE = 0;
  static final int AFTER = 1;
  static final int PREPEND = 2;
  static final int APPEND = 3;
  static final int REPLACE = 4;
  static final int INNER = 5;

  private static final int NONE = -1;

  private enum Kind { NOTHING, START_TAG, END_TAG, TEXT, COMMENT, DOCTYPE, DOCUMENT_END }

  private final TextCodec codec;
  private final Output output;
  private Kind kind = Kind.NOTHING;
  private byte[] input;
  private int start;
  private int end;
  private Mutations mutations = new Mutations();
  private int stream;
  private Stage stage = Stage.BEFORE_IT;

  private enum Stage { BEFORE_IT, ITSELF, REPLACED, AFTER_IT }

  private StartTag startTag;
  private Namespace namespace = Namespace.HTML;
  private boolean canHaveContent;
  private boolean removesContent;
  private Mutations atEndTag;
  private byte[] newName;
  private int endTagHandler;

  private String text = "";
  private byte[] raw;
  private boolean last;
  private int nameStart;
  private int nameEnd;
  private Doctype doctype;

  HtmlToken(TextCodec codec, Output output) {
    this.codec = codec;
    this.output = output;
  }

  private void be(Kind what) {
    kind = what;
    mutations = new Mutations();
    stage = Stage.BEFORE_IT;
    newName = null;
  }

  private void lie(byte[] bytes, int from, int to) {
    input = bytes;
    start = from;
    end = to;
  }

  /// @param removed whether it is in content that is removed
  void beStartTag(StartTag tag, Namespace where, boolean opens, boolean removed) {
    be(Kind.START_TAG);
    startTag = tag;
    namespace = where;
    canHaveContent = opens;
    removesContent = false;
    atEndTag = null;
    endTagHandler = NONE;
    mutations.removed = removed;
  }

  void beEndTag(byte[] bytes, int from, int to, int nameFrom, int nameTo) {
    be(Kind.END_TAG);
    lie(bytes, from, to);
    nameStart = nameFrom;
    nameEnd = nameTo;
  }

  void beText(String content, byte[] bytes, boolean ofNode) {
    be(Kind.TEXT);
    text = content;
    raw = bytes;
    last = ofNode;
  }

  void beComment(byte[] bytes, int from, int to, int textFrom, int textTo) {
    be(Kind.COMMENT);
    lie(bytes, from, to);
    text = codec.decode(bytes, textFrom, textTo);
    raw = null;
  }

  void beDoctype(byte[] bytes, int from, int to, Doctype parts) {
    be(Kind.DOCTYPE);
    lie(bytes, from, to);
    doctype = parts;
  }

  void beDocumentEnd() {
    be(Kind.DOCUMENT_END);
  }

  void forget() {
    kind = Kind.NOTHING;
    startTag = null;
    input = null;
    doctype = null;
  }

  // ---- tags

  /// In lower case.
  @HostAccess.Export
  public String name() {
    if (kind == Kind.START_TAG) {
      return startTag.name();
    }
    return Ascii.lower(newName == null ? codec.decode(input, nameStart, nameEnd) : codec.decode(newName, 0, newName.length));
  }

  /// @return what is wrong with the name; null for nothing
  @HostAccess.Export
  public String rename(String name) {
    if (kind == Kind.END_TAG) {
      newName = codec.encode(name);
      return null;
    }
    if (name.isEmpty()) {
      return "Tag name can't be empty.";
    }
    char first = name.charAt(0);
    if (!(first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z')) {
      return "The first character of the tag name should be an ASCII alphabetical character.";
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '/' || c == '>') {
        return "`" + c + "` character is forbidden in the tag name";
      }
    }
    Optional<byte[]> bytes = codec.encodeExactly(name);
    if (bytes.isEmpty()) {
      return "The tag name contains a character that can't be represented in the document's character encoding.";
    }
    newName = bytes.get();
    startTag.rename(newName);
    return null;
  }

  @HostAccess.Export
  public String namespaceUri() {
    return namespace.uri();
  }

  @HostAccess.Export
  public int attributes() {
    return startTag.attributes();
  }

  @HostAccess.Export
  public String attributeName(int index) {
    return startTag.attributeName(index);
  }

  @HostAccess.Export
  public String attributeValue(int index) {
    return startTag.attributeValue(index);
  }

  /// -1 when there is no such attribute.
  @HostAccess.Export
  public int findAttribute(String name) {
    return startTag.find(name);
  }

  /// @return what is wrong with the name; null for nothing
  @HostAccess.Export
  public String setAttribute(String name, String value) {
    return startTag.set(name, value);
  }

  @HostAccess.Export
  public void removeAttribute(String name) {
    startTag.remove(name);
  }

  /// Has a function of JavaScript called for the element's end tag, in the place of the one before.
  ///
  /// @return false when there will be no end tag
  @HostAccess.Export
  public boolean onEndTag(int handler) {
    if (canHaveContent) {
      endTagHandler = handler;
    }
    return canHaveContent;
  }

  boolean isStartTag() {
    return kind == Kind.START_TAG;
  }

  boolean canHaveContent() {
    return canHaveContent;
  }

  boolean removesContent() {
    return removesContent;
  }

  /// Null for nothing.
  EndTagWork endTagWork() {
    return atEndTag == null && newName == null && endTagHandler < 0 ? null : new EndTagWork(newName, atEndTag, endTagHandler);
  }

  /// What an element wants of its end tag.
  void apply(EndTagWork work) {
    if (work.name() != null) {
      newName = work.name();
    }
    if (work.mutations() != null) {
      mutations = work.mutations();
    }
  }

  // ---- what else there is

  @HostAccess.Export
  public String text() {
    return text;
  }

  @HostAccess.Export
  public boolean last() {
    return last;
  }

  /// A comment's new text.
  ///
  /// @return what is wrong with it; null for nothing
  @HostAccess.Export
  public String setText(String content) {
    if (content.contains("-->") || content.contains("--!>") || content.startsWith(">") || content.startsWith("->")) {
      return "Comment text shouldn't contain a comment-closing sequence.";
    }
    Optional<byte[]> bytes = codec.encodeExactly(content);
    if (bytes.isEmpty()) {
      return "Comment text contains a character that can't be represented in the document's character encoding.";
    }
    text = content;
    raw = bytes.get();
    return null;
  }

  /// A part of a doctype: 0 its name, 1 its public, 2 its system identifier; null when it is missing.
  @HostAccess.Export
  public String doctype(int part) {
    int[] range = part == 0 ? doctype.name : part == 1 ? doctype.publicId : doctype.systemId;
    if (range[0] < 0) {
      return null;
    }
    String value = codec.decode(input, range[0], range[1]);
    return part == 0 ? Ascii.lower(value) : value;
  }

  // ---- mutations

  @HostAccess.Export
  public void insert(int where, String content, boolean html) {
    insert(where, new Mutations.Piece(codec.encode(html ? content : Output.escape(content)), NONE));
  }

  /// @param number by which [HtmlRewriting#emit] will ask for the stream's content
  @HostAccess.Export
  public void insertStream(int where, int number) {
    insert(where, new Mutations.Piece(null, number));
  }

  private void insert(int where, Mutations.Piece piece) {
    if (kind == Kind.DOCUMENT_END) {
      output.append(piece.bytes());
    } else if (kind == Kind.START_TAG) {
      insertAtElement(where, piece);
    } else {
      switch (where) {
        case BEFORE -> mutations.before.addLast(piece);
        case AFTER -> mutations.after.addFirst(piece);
        default -> mutations.replace(piece);
      }
    }
  }

  private void insertAtElement(int where, Mutations.Piece piece) {
    switch (where) {
      case BEFORE -> mutations.before.addLast(piece);
      case AFTER -> (canHaveContent ? endTag() : mutations).after.addFirst(piece);
      case REPLACE -> {
        mutations.replace(piece);
        removeContentAndEndTag();
      }
      default -> {
        if (canHaveContent) {
          startTag.opens();
          insertInside(where, piece);
        }
      }
    }
  }

  private void insertInside(int where, Mutations.Piece piece) {
    switch (where) {
      case PREPEND -> mutations.after.addFirst(piece);
      case APPEND -> endTag().before.addLast(piece);
      default -> {
        removeContent();
        mutations.after.addFirst(piece);
      }
    }
  }

  private Mutations endTag() {
    if (atEndTag == null) {
      atEndTag = new Mutations();
    }
    return atEndTag;
  }

  private void removeContent() {
    mutations.after.clear();
    if (atEndTag != null) {
      atEndTag.before.clear();
    }
    removesContent = true;
  }

  private void removeContentAndEndTag() {
    if (canHaveContent) {
      removeContent();
      endTag().removed = true;
    }
  }

  @HostAccess.Export
  public void remove() {
    mutations.removed = true;
    if (kind == Kind.START_TAG) {
      removeContentAndEndTag();
    }
  }

  @HostAccess.Export
  public void removeAndKeepContent() {
    mutations.removed = true;
    if (canHaveContent) {
      endTag().removed = true;
    }
  }

  @HostAccess.Export
  public boolean removed() {
    return mutations.removed;
  }

  // ---- output

  /// Writes on. @return false when a stream's turn has come
  boolean write() {
    for (;;) {
      switch (stage) {
        case BEFORE_IT -> {
          if (!write(mutations.before)) {
            return false;
          }
          stage = mutations.removed ? Stage.REPLACED : Stage.ITSELF;
        }
        case ITSELF -> {
          writeItself();
          stage = Stage.AFTER_IT;
        }
        case REPLACED -> {
          if (!write(mutations.replacement)) {
            return false;
          }
          stage = Stage.AFTER_IT;
        }
        case AFTER_IT -> {
          return write(mutations.after);
        }
      }
    }
  }

  /// The stream whose turn it is.
  int stream() {
    return stream;
  }

  private boolean write(Deque<Mutations.Piece> pieces) {
    while (!pieces.isEmpty()) {
      Mutations.Piece piece = pieces.removeFirst();
      if (piece.bytes() == null) {
        stream = piece.stream();
        return false;
      }
      output.append(piece.bytes());
    }
    return true;
  }

  private void writeItself() {
    switch (kind) {
      case START_TAG -> startTag.write(output);
      case TEXT -> output.append(raw == null ? codec.encode(text) : raw);
      case END_TAG -> {
        if (newName == null) {
          output.append(input, start, end);
        } else {
          output.append("</");
          output.append(newName);
          output.append('>');
        }
      }
      case COMMENT -> {
        if (raw == null) {
          output.append(input, start, end);
        } else {
          output.append("<!--");
          output.append(raw);
          output.append("-->");
        }
      }
      case DOCTYPE -> output.append(input, start, end);
      case NOTHING, DOCUMENT_END -> { }
    }
  }
}
