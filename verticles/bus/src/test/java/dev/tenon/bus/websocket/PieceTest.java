package dev.tenon.bus.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PieceTest {

  private static String hex(Piece piece) {
    return HexFormat.of().formatHex(piece.encoded().getBytes());
  }

  @Test
  void itsBytesAreFixed() {
    assertEquals("81000000026869", hex(Piece.text("hi")));
    assertEquals("8200000003010203", hex(Piece.binary(Buffer.buffer(new byte[] {1, 2, 3}))));
    assertEquals("0000000001ff", hex(new Piece(Piece.Kind.CONTINUATION, false, Buffer.buffer(new byte[] {-1}))));
    assertEquals("880000000503e8627965", hex(Piece.close(1000, "bye")));
    assertEquals("8800000000", hex(Piece.close(Piece.NO_CODE, "not said")));
  }

  @Test
  void aReasonThatIsTooLongIsCutAfterAWholeCharacter() {
    assertEquals("é".repeat(61), Piece.close(1000, "é".repeat(62)).closeReason());
    assertEquals("a".repeat(123), Piece.close(1000, "a".repeat(200)).closeReason());
    assertEquals(4000, Piece.close(4000, "").closeCode());
  }

  @Test
  void messagesAreTheSameWhereverTheBytesAreCut() {
    Buffer all = Piece.text("grüße").encoded().appendBuffer(Piece.text("").encoded()).appendBuffer(Piece.binary(Buffer.buffer(new byte[300])).encoded())
        .appendBuffer(Piece.close(3000, "done").encoded());
    for (int size : new int[] {1, 2, 4, 5, 6, 7, 100, 1000}) {
      List<String> messages = new ArrayList<>();
      StringBuilder kinds = new StringBuilder();
      Buffer[] message = {Buffer.buffer()};
      PieceReader reader = new PieceReader();
      for (int at = 0; at < all.length(); at += size) {
        reader.read(all.slice(at, Math.min(all.length(), at + size)), piece -> {
          kinds.append(piece.kind() == Piece.Kind.CONTINUATION ? "" : piece.kind().name().charAt(0));
          if (piece.kind() == Piece.Kind.CLOSE) {
            messages.add(piece.closeCode() + " " + piece.closeReason());
          } else {
            message[0].appendBuffer(piece.bytes());
            if (piece.last()) {
              messages.add(message[0].length() > 100 ? message[0].length() + " bytes" : message[0].toString());
              message[0] = Buffer.buffer();
            }
          }
        });
      }
      assertEquals(List.of("grüße", "", "300 bytes", "3000 done"), messages, "cut after each " + size);
      assertEquals("TTBC", kinds.toString());
    }
  }

  @Test
  void whatIsNoPieceIsRefused() {
    for (String wrong : List.of("8300000000", "8900000000", "81ffffffff", "880000000103", "88000000ff")) {
      Buffer bytes = Buffer.buffer(HexFormat.of().parseHex(wrong));
      assertThrows(IllegalArgumentException.class, () -> new PieceReader().read(bytes, _ -> { }), wrong);
    }
  }
}
