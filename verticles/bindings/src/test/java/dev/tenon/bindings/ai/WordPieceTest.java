package dev.tenon.bindings.ai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Judged by Hugging Face's own tokenizer.
class WordPieceTest {

  private static final int IDS_MAX = 64;
  private static WordPiece tokens;
  private static HuggingFaceTokenizer reference;

  @BeforeAll
  static void readVocabulary() throws IOException {
    byte[] json;
    try (InputStream in = WordPieceTest.class.getResourceAsStream("/bge-small-en-v1.5-q-tokenizer.json")) {
      json = in.readAllBytes();
    }
    tokens = new WordPiece(new JsonObject(Buffer.buffer(json)));
    reference = HuggingFaceTokenizer.newInstance(new java.io.ByteArrayInputStream(json),
        Map.of("truncation", "true", "maxLength", String.valueOf(IDS_MAX), "padding", "false"));
  }

  @AfterAll
  static void closeReference() {
    reference.close();
  }

  @Test
  void aTextIsCutAsTheReferenceCutsIt() {
    List.of(
        "hello world", "", " ", "Bees dance!", "isn't it? (yes) -- \"no\"", "unaffable, antidisestablishmentarianism",
        "naïve café Ångström ÜBER straße İstanbul ΟΔΥΣΣΕΥΣ", "東京は日本の首都です。한국어 ελληνικά русский العربية हिन्दी",
        "tabs\tand\nlines\r\nand\u00a0spaces\u2003here\u200bzero\u3000wide", "a\u0000b\ufffdc\u0007d\u00ade",
        "emoji 😀👩‍👩‍👧 flags 🇩🇪 and ∑∞≠", "x".repeat(100), "x".repeat(101), "a1b2c3 3.14159 1,000,000 €5 £6 $7 50%",
        "http://example.com/a?b=c&d=e#f user@example.org", "word ".repeat(200), "\u0301combining e\u0301", "ﬁ ligature Ⅷ ½ ①",
        "\ud83d broken surrogate", "CamelCaseWord snake_case_word kebab-case-word", "[nothing] ##special ##ly").forEach(this::check);
  }

  @Test
  void randomTextsAreCutAsTheReferenceCutsThem() {
    Random random = new Random(42);
    int[][] ranges = {{0x20, 0x7e}, {0x20, 0x7e}, {0xa0, 0x24f}, {0x370, 0x3ff}, {0x400, 0x4ff}, {0x5d0, 0x5ea}, {0x600, 0x604}, {0x621, 0x65f}, {0x2000, 0x206f}, {0x3000, 0x30ff}, {0x4e00, 0x4f00}};
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        int[] range = ranges[random.nextInt(ranges.length)];
        text.appendCodePoint(random.nextInt(4) == 0 ? ' ' : range[0] + random.nextInt(range[1] - range[0] + 1));
      }
      check(text.toString());
    }
  }

  @Test
  void theNameOfASpecialTokenIsText() {
    long[] ids = tokens.encode("[SEP]", IDS_MAX);
    assertEquals(5, ids.length, "[CLS] [ sep ] [SEP]");
  }

  private void check(String text) {
    assertArrayEquals(reference.encode(text).getIds(), tokens.encode(text, IDS_MAX), () -> "for " + text.codePoints().mapToObj(c -> String.format("U+%04X", c)).toList());
  }
}
