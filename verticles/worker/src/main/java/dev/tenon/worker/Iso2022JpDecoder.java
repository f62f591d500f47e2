package dev.tenon.worker;

/// <https://encoding.spec.whatwg.org/#iso-2022-jp-decoder>
final class Iso2022JpDecoder extends LegacyDecoder {

  private enum State { ASCII, ROMAN, KATAKANA, LEAD, TRAIL, ESCAPE_START, ESCAPE }

  private State state = State.ASCII;
  private State output = State.ASCII;
  private int lead;
  private boolean outputFlag;

  @Override
  int step(int b, StringBuilder text) {
    return switch (state) {
      case ASCII -> single(b, b >= 0 && b <= 0x7f && b != 0x0e && b != 0x0f ? b : ERROR);
      case ROMAN -> single(b, roman(b));
      case KATAKANA -> single(b, b >= 0x21 && b <= 0x5f ? 0xff61 - 0x21 + b : ERROR);
      case LEAD -> lead(b);
      case TRAIL -> trail(b);
      case ESCAPE_START -> escapeStart(b);
      case ESCAPE -> escape(b);
    };
  }

  private int roman(int b) {
    return switch (b) {
      case 0x5c -> 0xa5;
      case 0x7e -> 0x203e;
      default -> b >= 0 && b <= 0x7f && b != 0x0e && b != 0x0f ? b : ERROR;
    };
  }

  private int single(int b, int point) {
    if (b == 0x1b) {
      state = State.ESCAPE_START;
      return CONTINUE;
    }
    if (b < 0) {
      return CONTINUE;
    }
    outputFlag = false;
    return point;
  }

  private int lead(int b) {
    if (b == 0x1b) {
      state = State.ESCAPE_START;
      return CONTINUE;
    }
    if (b < 0) {
      return CONTINUE;
    }
    outputFlag = false;
    if (b >= 0x21 && b <= 0x7e) {
      lead = b;
      state = State.TRAIL;
      return CONTINUE;
    }
    return ERROR;
  }

  private int trail(int b) {
    if (b == 0x1b) {
      state = State.ESCAPE_START;
      return ERROR;
    }
    state = State.LEAD;
    if (b >= 0x21 && b <= 0x7e) {
      int point = Jis0208.codePoint((lead - 0x21) * 94 + b - 0x21);
      return point == 0 ? ERROR : point;
    }
    return b < 0 ? ERROR_PREPEND : ERROR;
  }

  private int escapeStart(int b) {
    if (b == 0x24 || b == 0x28) {
      lead = b;
      state = State.ESCAPE;
      return CONTINUE;
    }
    outputFlag = false;
    state = output;
    return ERROR_PREPEND;
  }

  private int escape(int b) {
    int first = lead;
    lead = 0;
    State next = switch (first << 8 | b & 0xff) {
      case 0x2842 -> State.ASCII;
      case 0x284a -> State.ROMAN;
      case 0x2849 -> State.KATAKANA;
      case 0x2440, 0x2442 -> State.LEAD;
      default -> null;
    };
    if (next != null && b >= 0) {
      state = next;
      output = next;
      boolean repeated = outputFlag;
      outputFlag = true;
      return repeated ? ERROR : CONTINUE;
    }
    outputFlag = false;
    state = output;
    if (b >= 0) {
      prepend(b);
    }
    prepend(first);
    return ERROR;
  }

  @Override
  void reset() {
    state = State.ASCII;
    output = State.ASCII;
    lead = 0;
    outputFlag = false;
  }
}
