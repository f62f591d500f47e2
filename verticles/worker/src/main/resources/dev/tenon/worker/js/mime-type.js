// https://mimesniff.spec.whatwg.org/#parsing-a-mime-type
const { ArrayPrototypePush, RegExpPrototypeTest, StringPrototypeIndexOf, StringPrototypeSlice, StringPrototypeToLowerCase } = primordials;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function isBlank(c) {
  return c === ' ' || c === '\t' || c === '\n' || c === '\r';
}

function trimEnd(text) {
  let end = text.length;
  while (end > 0 && isBlank(text[end - 1])) end--;
  return StringPrototypeSlice(text, 0, end);
}

function trim(text) {
  let start = 0;
  while (start < text.length && isBlank(text[start])) start++;
  return trimEnd(StringPrototypeSlice(text, start));
}

/** @returns { essence, parameters: [name, value, …] } or null */
function parse(input) {
  const text = trim(input);
  const slash = StringPrototypeIndexOf(text, '/');
  if (slash <= 0) return null;
  const type = StringPrototypeSlice(text, 0, slash);
  let at = StringPrototypeIndexOf(text, ';', slash);
  if (at < 0) at = text.length;
  const subtype = trimEnd(StringPrototypeSlice(text, slash + 1, at));
  if (!RegExpPrototypeTest(TOKEN, type) || !RegExpPrototypeTest(TOKEN, subtype)) return null;
  return { essence: StringPrototypeToLowerCase(`${type}/${subtype}`), parameters: parameters(text, at) };
}

function parameters(text, from) {
  const list = [];
  let at = from;
  while (at < text.length) {
    at++;
    while (at < text.length && isBlank(text[at])) at++;
    const start = at;
    while (at < text.length && text[at] !== ';' && text[at] !== '=') at++;
    const name = StringPrototypeToLowerCase(StringPrototypeSlice(text, start, at));
    if (text[at] !== '=') continue;
    at++;
    let value = '';
    let quoted = false;
    if (text[at] === '"') {
      quoted = true;
      at++;
      while (at < text.length && text[at] !== '"') {
        if (text[at] === '\\' && at + 1 < text.length) at++;
        value += text[at];
        at++;
      }
      while (at < text.length && text[at] !== ';') at++;
    } else {
      const valueStart = at;
      while (at < text.length && text[at] !== ';') at++;
      value = trimEnd(StringPrototypeSlice(text, valueStart, at));
    }
    if ((value !== '' || quoted) && RegExpPrototypeTest(TOKEN, name) && RegExpPrototypeTest(VALUE, value) && parameter(list, name) === null) {
      ArrayPrototypePush(list, name, value);
    }
  }
  return list;
}

function parameter(list, name) {
  for (let i = 0; i < list.length; i += 2) if (list[i] === name) return list[i + 1];
  return null;
}

function serialise({ essence, parameters: list }) {
  let text = essence;
  for (let i = 0; i < list.length; i += 2) {
    const value = list[i + 1];
    text += `;${list[i]}=${RegExpPrototypeTest(TOKEN, value) ? value : quote(value)}`;
  }
  return text;
}

function quote(value) {
  let text = '"';
  for (let i = 0; i < value.length; i++) text += value[i] === '"' || value[i] === '\\' ? `\\${value[i]}` : value[i];
  return `${text}"`;
}

/** The type that a Content-Type header says: the last valid one of a list. https://fetch.spec.whatwg.org/#concept-header-extract-mime-type */
function extract(header) {
  let charset = null;
  let essence = null;
  let type = null;
  const values = splitOutsideQuotes(header);
  for (let i = 0; i < values.length; i++) {
    const candidate = parse(values[i]);
    if (candidate === null || candidate.essence === '*/*') continue;
    type = candidate;
    const own = parameter(type.parameters, 'charset');
    if (type.essence !== essence) {
      charset = own;
      essence = type.essence;
    } else if (own === null && charset !== null) {
      ArrayPrototypePush(type.parameters, 'charset', charset);
    }
  }
  return type;
}

function splitOutsideQuotes(text) {
  const values = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    else if (c === '\\' && quoted) i++;
    else if (c === ',' && !quoted) {
      ArrayPrototypePush(values, StringPrototypeSlice(text, start, i));
      start = i + 1;
    }
  }
  ArrayPrototypePush(values, StringPrototypeSlice(text, start));
  return values;
}

/** The normal form of a MIME type, or null if it is none. */
function serialised(text) {
  const type = parse(text);
  return type === null ? null : serialise(type);
}

module.exports = { extract, parameter, parse, serialise, serialised };
