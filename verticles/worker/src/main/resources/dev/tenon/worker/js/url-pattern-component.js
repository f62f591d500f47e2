// One component of a pattern: parts, the regular expression they make, and the text they are written as.
// https://urlpattern.spec.whatwg.org/#parsing and https://urlpattern.spec.whatwg.org/#converting-part-lists-to-regular-expressions
const {
  ArrayPrototypeIndexOf, ArrayPrototypePush, MathMax, RegExp, RegExpPrototypeExec, RegExpPrototypeTest, Set, SetPrototypeAdd, SetPrototypeHas, String, StringPrototypeEndsWith, TypeError, uncurryThis,
} = primordials;
const { internal } = require('./webidl');
const { ASTERISK, CHAR, CLOSE, END, ESCAPED_CHAR, MODIFIER, NAME, OPEN, REGEXP, characterAt, isNamePart, tokenize } = require('./url-pattern-tokens');

// Types of parts, from what matches most to what matches least.
const FULL_WILDCARD = 0;
const SEGMENT_WILDCARD = 1;
const REGEXP_PART = 2;
const FIXED = 3;

const FULL_WILDCARD_REGEXP = '.*';
const MODIFIERS = ['*', '?', '+', '']; // as types are ordered
const DIGIT = /^[0-9]/;

const replace = uncurryThis(String.prototype.replace);

function escapeRegExp(text) {
  return replace(text, /[.+*?^${}()[\]|/\\]/g, '\\$&');
}

/** https://urlpattern.spec.whatwg.org/#escape-a-pattern-string */
function escapePattern(text) {
  return replace(text, /[+*?:{}()\\]/g, '\\$&');
}

/** How a component is cut into segments: { delimiter, prefix }, each one character or none. */
const PLAIN = { __proto__: null, delimiter: '', prefix: '' };
const HOSTNAME = { __proto__: null, delimiter: '.', prefix: '' };
const PATHNAME = { __proto__: null, delimiter: '/', prefix: '/' };

function segmentRegExp(options) {
  return `[^${escapeRegExp(options.delimiter)}]+?`;
}

/** https://urlpattern.spec.whatwg.org/#parse-a-pattern-string */
class Parser {
  constructor(input, options, encode) {
    this.input = input;
    this.tokens = tokenize(input, false);
    this.options = options;
    this.encode = encode;
    this.segment = segmentRegExp(options);
    this.parts = [];
    this.names = new Set();
    this.pending = '';
    this.at = 0;
    this.nextNumber = 0;
  }

  parse() {
    while (this.at < this.tokens.length) {
      const char = this.take(CHAR);
      const name = this.take(NAME);
      const matcher = this.takeMatcher(name);
      if (name !== null || matcher !== null) this.group(char, name, matcher);
      else if (!this.text(char) && !this.braces()) this.end();
    }
    return this.parts;
  }

  group(char, name, matcher) {
    let prefix = char === null ? '' : char.value;
    if (prefix !== '' && prefix !== this.options.prefix) {
      this.pending += prefix;
      prefix = '';
    }
    this.flush();
    this.add(prefix, name, matcher, '', this.takeModifier());
  }

  text(char) {
    const fixed = char ?? this.take(ESCAPED_CHAR);
    if (fixed === null) return false;
    this.pending += fixed.value;
    return true;
  }

  braces() {
    if (this.take(OPEN) === null) return false;
    const prefix = this.takeText();
    const name = this.take(NAME);
    const matcher = this.takeMatcher(name);
    const suffix = this.takeText();
    this.require(CLOSE, '"}" is missing');
    this.add(prefix, name, matcher, suffix, this.takeModifier());
    return true;
  }

  end() {
    this.flush();
    this.require(END, 'something is where nothing can be');
  }

  take(type) {
    const token = this.tokens[this.at];
    if (token.type !== type) return null;
    this.at++;
    return token;
  }

  takeMatcher(name) {
    return this.take(REGEXP) ?? (name === null ? this.take(ASTERISK) : null);
  }

  takeModifier() {
    const token = this.take(MODIFIER) ?? this.take(ASTERISK);
    return token === null ? '' : token.value;
  }

  takeText() {
    let text = '';
    for (let token = this.take(CHAR) ?? this.take(ESCAPED_CHAR); token !== null; token = this.take(CHAR) ?? this.take(ESCAPED_CHAR)) text += token.value;
    return text;
  }

  require(type, otherwise) {
    if (this.take(type) === null) throw new TypeError(`Invalid pattern "${this.input}": ${otherwise} at ${this.tokens[this.at].index}.`);
  }

  flush() {
    if (this.pending === '') return;
    const value = this.encode(this.pending);
    this.pending = '';
    this.push(FIXED, value, '', '', '', '');
  }

  add(prefix, name, matcher, suffix, modifier) {
    if (name === null && matcher === null && modifier === '') {
      this.pending += prefix;
      return;
    }
    this.flush();
    if (name === null && matcher === null) {
      if (prefix !== '') this.push(FIXED, this.encode(prefix), modifier, '', '', '');
      return;
    }
    let value = matcher === null ? this.segment : matcher.type === ASTERISK ? FULL_WILDCARD_REGEXP : matcher.value;
    let type = REGEXP_PART;
    if (value === this.segment) type = SEGMENT_WILDCARD;
    else if (value === FULL_WILDCARD_REGEXP) type = FULL_WILDCARD;
    if (type !== REGEXP_PART) value = '';
    const called = name === null ? `${this.nextNumber++}` : name.value;
    if (SetPrototypeHas(this.names, called)) throw new TypeError(`Invalid pattern "${this.input}": the name "${called}" is there twice.`);
    SetPrototypeAdd(this.names, called);
    this.push(type, value, modifier, called, this.encode(prefix), this.encode(suffix));
  }

  push(type, value, modifier, name, prefix, suffix) {
    ArrayPrototypePush(this.parts, { type, value, modifier, name, prefix, suffix });
  }
}

internal(Parser);

/** https://urlpattern.spec.whatwg.org/#generate-a-regular-expression-and-name-list */
function regExpOf(parts, segment, names) {
  let result = '^';
  for (let i = 0; i < parts.length; i++) {
    const { type, value, modifier, name, prefix, suffix } = parts[i];
    if (type === FIXED) {
      result += modifier === '' ? escapeRegExp(value) : `(?:${escapeRegExp(value)})${modifier}`;
      continue;
    }
    ArrayPrototypePush(names, name);
    const inner = type === SEGMENT_WILDCARD ? segment : type === FULL_WILDCARD ? FULL_WILDCARD_REGEXP : value;
    const repeats = modifier === '*' || modifier === '+';
    const before = escapeRegExp(prefix);
    const after = escapeRegExp(suffix);
    if (prefix === '' && suffix === '') result += repeats ? `((?:${inner})${modifier})` : `(${inner})${modifier}`;
    else if (!repeats) result += `(?:${before}(${inner})${after})${modifier}`;
    else result += `(?:${before}((?:${inner})(?:${after}${before}(?:${inner}))*)${after})${modifier === '*' ? '?' : ''}`;
  }
  return `${result}$`;
}

function isNumber(name) {
  return RegExpPrototypeTest(DIGIT, name);
}

/** Whether a part would run into its neighbours, or lose what is around it, if it had no braces. */
function needsBraces(part, previous, next, options) {
  if (part.suffix !== '' || (part.prefix !== '' && part.prefix !== options.prefix)) return true;
  const bareName = !isNumber(part.name) && part.type === SEGMENT_WILDCARD && part.modifier === '';
  if (bareName && next !== undefined && next.prefix === '' && next.suffix === '') {
    if (next.type === FIXED ? isNamePart(characterAt(next.value, 0), false) : isNumber(next.name)) return true;
  }
  return part.prefix === '' && previous !== undefined && previous.type === FIXED && options.prefix !== '' && StringPrototypeEndsWith(previous.value, options.prefix);
}

/** https://urlpattern.spec.whatwg.org/#generate-a-pattern-string */
function textOf(parts, options) {
  let result = '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    const { type, value, modifier, name, prefix, suffix } = part;
    if (type === FIXED) {
      result += modifier === '' ? escapePattern(value) : `{${escapePattern(value)}}${modifier}`;
      continue;
    }
    const previous = parts[i - 1];
    const named = !isNumber(name);
    const braces = needsBraces(part, previous, parts[i + 1], options);
    if (braces) result += '{';
    result += escapePattern(prefix);
    if (named) result += `:${name}`;
    if (type === REGEXP_PART) {
      result += `(${value})`;
    } else if (type === SEGMENT_WILDCARD && !named) {
      result += `(${segmentRegExp(options)})`;
    } else if (type === FULL_WILDCARD) {
      const alone = previous === undefined || previous.type === FIXED || previous.modifier !== '' || braces || prefix !== '';
      result += !named && alone ? '*' : `(${FULL_WILDCARD_REGEXP})`;
    }
    if (type === SEGMENT_WILDCARD && named && suffix !== '' && isNamePart(characterAt(suffix, 0), false)) result += '\\';
    result += escapePattern(suffix);
    if (braces) result += '}';
    result += modifier;
  }
  return result;
}

/** @param encode canonicalises fixed text, or throws; @param ignoreCase whether letters match in both cases */
class Component {
  constructor(input, encode, options, ignoreCase) {
    const parts = new Parser(input, options, encode).parse();
    this.parts = parts;
    this.encode = encode;
    this.segment = segmentRegExp(options);
    this.names = [];
    this.text = textOf(parts, options);
    this.hasRegExpGroups = false;
    this.regExp = null; // where comparing texts is enough
    this.fixed = '';
    this.matchesAll = false;
    for (let i = 0; i < parts.length; i++) if (parts[i].type === REGEXP_PART) this.hasRegExpGroups = true;
    const only = parts[0];
    if (parts.length === 1 && only.type === FULL_WILDCARD && only.modifier === '' && only.prefix === '' && only.suffix === '') {
      this.matchesAll = true;
      this.names = [only.name];
    } else if (parts.length === 1 && only.type === FIXED && only.modifier === '' && !ignoreCase) {
      this.fixed = only.value;
    } else if (parts.length > 0) {
      const source = regExpOf(parts, this.segment, this.names);
      try {
        this.regExp = new RegExp(source, ignoreCase ? 'vi' : 'v');
      } catch {
        throw new TypeError(`Invalid pattern "${input}": its regular expression is not valid.`);
      }
    }
  }

  test(input) {
    if (this.matchesAll) return true;
    return this.regExp === null ? input === this.fixed : RegExpPrototypeTest(this.regExp, input);
  }

  /** The groups' values after the whole match, or null. */
  exec(input) {
    if (this.matchesAll) return [input, input];
    if (this.regExp === null) return input === this.fixed ? [input] : null;
    return RegExpPrototypeExec(this.regExp, input);
  }

  /** https://urlpattern.spec.whatwg.org/#protocol-component-matches-a-special-scheme */
  matchesSpecialScheme() {
    return this.test('http') || this.test('https') || this.test('ws') || this.test('wss') || this.test('ftp') || this.test('file');
  }
}

internal(Component);

const NOTHING = { __proto__: null, type: FIXED, value: '', modifier: '', name: '', prefix: '', suffix: '' };

/** -1, 0 or 1: which of two components matches less is the greater one. */
function compare(one, other) {
  const length = MathMax(one.parts.length, other.parts.length);
  for (let i = 0; i < length; i++) {
    const order = comparePart(one.parts[i] ?? NOTHING, other.parts[i] ?? NOTHING);
    if (order !== 0) return order;
  }
  return 0;
}

function comparePart(one, other) {
  return (
    order(one.type, other.type) || order(rank(one.modifier), rank(other.modifier)) || order(one.prefix, other.prefix) || order(one.value, other.value) ||
    order(one.suffix, other.suffix)
  );
}

function rank(modifier) {
  return ArrayPrototypeIndexOf(MODIFIERS, modifier);
}

function order(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The text that a component makes of its groups' values; undefined where that is not determined. @param valueOf (name) → a value, or undefined */
function generate(component, valueOf) {
  let text = '';
  for (let i = 0; i < component.parts.length; i++) {
    const { type, value, modifier, name, prefix, suffix } = component.parts[i];
    if (modifier !== '' || type === REGEXP_PART || type === FULL_WILDCARD) return undefined;
    if (type === FIXED) {
      text += value;
      continue;
    }
    const given = valueOf(name);
    if (given === undefined) return undefined;
    const encoded = component.encode(given);
    if (!RegExpPrototypeTest(new RegExp(`^${component.segment}$`, 'v'), encoded)) return undefined;
    text += `${prefix}${encoded}${suffix}`;
  }
  return text;
}

module.exports = { Component, HOSTNAME, PATHNAME, PLAIN, compare, escapePattern, generate };
