package dev.tenon.bindings.ai;

import io.vertx.core.json.JsonObject;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Cuts a text into the pieces that an uncased BERT model knows.
///
/// Agrees with Hugging Face's `BertNormalizer`, `BertPreTokenizer` and `WordPiece`, but for one thing: the names of special tokens (`[SEP]` and
/// so on) in a text are text. Immutable, thread-safe.
///
/// @see <a href="https://arxiv.org/abs/1810.04805">BERT</a>
final class WordPiece {

  private static final int WORD_CHARACTERS_MAX = 100;

  private final Map<String, Integer> words = HashMap.newHashMap(24_000);
  private final Map<String, Integer> continuations = HashMap.newHashMap(6_000);
  private final int unknown;
  private final int first;
  private final int last;

  /// @param json a `tokenizer.json` of Hugging Face
  WordPiece(JsonObject json) {
    JsonObject vocabulary = json.getJsonObject("model").getJsonObject("vocab");
    vocabulary.forEach(entry -> {
      String piece = entry.getKey();
      int id = (Integer) entry.getValue();
      if (piece.startsWith("##")) {
        continuations.put(piece.substring(2), id);
      } else {
        words.put(piece, id);
      }
    });
    unknown = vocabulary.getInteger("[UNK]");
    first = vocabulary.getInteger("[CLS]");
    last = vocabulary.getInteger("[SEP]");
  }

  /// The ids of a text's pieces between those of `[CLS]` and `[SEP]`; what is beyond `idsMax` is cut off.
  long[] encode(String text, int idsMax) {
    Ids ids = new Ids(idsMax - 1);
    ids.add(first);
    StringBuilder word = new StringBuilder();
    String normal = normalize(text, idsMax);
    for (int at = 0; at < normal.length() && !ids.full(); ) {
      int c = normal.codePointAt(at);
      at += Character.charCount(c);
      if (isWhitespace(c)) {
        addWord(word, ids);
      } else if (isPunctuation(c)) {
        addWord(word, ids);
        addWord(word.appendCodePoint(c), ids);
      } else {
        word.appendCodePoint(c);
      }
    }
    addWord(word, ids);
    return ids.endingWith(last);
  }

  /// Adds the pieces of a word and empties it.
  private void addWord(StringBuilder word, Ids ids) {
    if (word.isEmpty()) {
      return;
    }
    String whole = word.toString();
    word.setLength(0);
    int start = ids.count;
    if (whole.codePointCount(0, whole.length()) > WORD_CHARACTERS_MAX || !addPieces(whole, ids)) {
      ids.count = start;
      ids.add(unknown);
    }
  }

  /// The longest piece first, then the longest of the rest; false when there is none.
  private boolean addPieces(String word, Ids ids) {
    int at = 0;
    while (at < word.length()) {
      Map<String, Integer> pieces = at == 0 ? words : continuations;
      int end = word.length();
      Integer id = null;
      while (end > at && (id = pieces.get(word.substring(at, end))) == null) {
        end--;
      }
      if (id == null) {
        return false;
      }
      ids.add(id);
      at = end;
    }
    return true;
  }

  /// Lower case without accents and control characters, with spaces around ideographs. Of a long text only as much as can matter.
  private static String normalize(String text, int idsMax) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), 4096));
    int gaps = 0;
    boolean inWord = false;
    for (int at = 0; at < text.length() && gaps <= idsMax; ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c == 0 || c == 0xfffd || isControl(c)) {
        continue;
      }
      boolean gap = isWhitespace(c);
      gaps += gap && inWord ? 1 : 0;
      inWord = !gap;
      if (gap) {
        clean.append(' ');
      } else if (isIdeograph(c)) {
        clean.append(' ').appendCodePoint(c).append(' ');
      } else {
        clean.appendCodePoint(c);
      }
    }
    String decomposed = Normalizer.normalize(clean, Normalizer.Form.NFD);
    StringBuilder bare = new StringBuilder(decomposed.length());
    decomposed.codePoints().filter(c -> Character.getType(c) != Character.NON_SPACING_MARK).forEach(c -> lowerCase(c, bare));
    return bare.toString();
  }

  /// Each character by itself: the final sigma, for example, is not special.
  private static void lowerCase(int c, StringBuilder out) {
    if (c < 0x80) {
      out.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c));
    } else {
      out.append(Character.toString(c).toLowerCase(Locale.ROOT));
    }
  }

  private static boolean isControl(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> false;
    };
  }

  private static boolean isWhitespace(int c) {
    return switch (c) {
      case ' ', '\t', '\n', 0x0b, '\f', '\r', 0x85 -> true;
      default -> c >= 0x80 && switch (Character.getType(c)) {
        case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
        default -> false;
      };
    };
  }

  private static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return c >= 33 && c <= 47 || c >= 58 && c <= 64 || c >= 91 && c <= 96 || c >= 123 && c <= 126;
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.START_PUNCTUATION, Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION, Character.OTHER_PUNCTUATION -> true;
      default -> false;
    };
  }

  private static boolean isIdeograph(int c) {
    return c >= 0x3400 && (c >= 0x4e00 && c <= 0x9fff || c <= 0x4dbf || c >= 0xf900 && c <= 0xfaff || c >= 0x20000 && c <= 0x2a6df
        || c >= 0x2a700 && c <= 0x2ceaf || c >= 0x2f800 && c <= 0x2fa1f);
  }

  /// Ids up to a bound; what comes after is dropped.
  private static final class Ids {

    private final long[] ids;
    private int count;

    Ids(int max) {
      ids = new long[max + 1];
    }

    void add(long id) {
      if (!full()) {
        ids[count++] = id;
      }
    }

    boolean full() {
      return count == ids.length - 1;
    }

    long[] endingWith(long id) {
      long[] whole = Arrays.copyOf(ids, count + 1);
      whole[count] = id;
      return whole;
    }
  }
}
