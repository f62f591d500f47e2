// Pattern strings as tokens. https://urlpattern.spec.whatwg.org/#tokens
const { ArrayPrototypePush, RegExpPrototypeTest, StringFromCodePoint, StringPrototypeCodePointAt, StringPrototypeSlice, TypeError } = primordials;

const OPEN = 1;
const CLOSE = 2;
const REGEXP = 3;
const NAME = 4;
const CHAR = 5;
const ESCAPED_CHAR = 6;
const MODIFIER = 7;
const ASTERISK = 8;
const END = 9;
const INVALID_CHAR = 10;

const NAME_START = /^[$_\p{ID_Start}]/u;
const NAME_PART = /^[$_\u200c\u200d\p{ID_Continue}]/u;

/** Whether a name may have this character: in its first place, or after it. */
function isNamePart(character, first) {
  return RegExpPrototypeTest(first ? NAME_START : NAME_PART, character);
}

function characterAt(text, at) {
  return at < text.length ? StringFromCodePoint(StringPrototypeCodePointAt(text, at)) : '';
}

function isAscii(character) {
  return StringPrototypeCodePointAt(character, 0) < 0x80;
}

/**
 * The tokens of `input`, the last one END.
 * @param lenient whether what is wrong becomes an INVALID_CHAR instead of a TypeError
 */
function tokenize(input, lenient) {
  const tokens = [];
  let at = 0;
  const add = (type, next, start, end) => {
    ArrayPrototypePush(tokens, { type, index: at, value: StringPrototypeSlice(input, start, end) });
    at = next;
  };
  const wrong = (next, start, why) => {
    if (!lenient) throw new TypeError(`Invalid pattern "${input}": ${why} at ${start}.`);
    add(INVALID_CHAR, next, start, next);
  };
  while (at < input.length) {
    const character = characterAt(input, at);
    const next = at + character.length;
    switch (character) {
      case '*':
        add(ASTERISK, next, at, next);
        break;
      case '+':
      case '?':
        add(MODIFIER, next, at, next);
        break;
      case '\\': {
        const escaped = characterAt(input, next);
        if (escaped === '') wrong(next, at, 'a backslash escapes nothing');
        else add(ESCAPED_CHAR, next + escaped.length, next, next + escaped.length);
        break;
      }
      case '{':
        add(OPEN, next, at, next);
        break;
      case '}':
        add(CLOSE, next, at, next);
        break;
      case ':': {
        const end = nameEnd(input, next);
        if (end === next) wrong(next, at, 'a name is missing');
        else add(NAME, end, next, end);
        break;
      }
      case '(': {
        const end = regexpEnd(input, next);
        if (end < 0) wrong(next, at, 'a group is not a regular expression that a pattern can have');
        else add(REGEXP, end, next, end - 1);
        break;
      }
      default:
        add(CHAR, next, at, next);
    }
  }
  add(END, at, at, at);
  return tokens;
}

function nameEnd(input, start) {
  let at = start;
  for (let character = characterAt(input, at); character !== '' && isNamePart(character, at === start); character = characterAt(input, at)) {
    at += character.length;
  }
  return at;
}

/** The place after the closing parenthesis; -1 when the group is none. */
function regexpEnd(input, start) {
  let depth = 1;
  for (let at = start; at < input.length; at++) {
    const character = characterAt(input, at);
    if (!isAscii(character) || (at === start && character === '?')) return -1;
    if (character === '\\') {
      at++;
      if (at === input.length || !isAscii(characterAt(input, at))) return -1;
    } else if (character === ')') {
      depth--;
      if (depth === 0) return at === start ? -1 : at + 1;
    } else if (character === '(') {
      depth++;
      if (input[at + 1] !== '?') return -1;
    }
  }
  return -1;
}

module.exports = { ASTERISK, CHAR, CLOSE, END, ESCAPED_CHAR, INVALID_CHAR, MODIFIER, NAME, OPEN, REGEXP, characterAt, isNamePart, tokenize };
