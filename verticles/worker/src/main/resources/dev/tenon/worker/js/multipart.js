// multipart/form-data: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data and, read,
// https://andreubotella.github.io/multipart-form-data/#multipart-form-data-parser
const {
  ArrayPrototypePush, MathFloor, MathRandom, NumberPrototypeToString, RegExpPrototypeExec, String, StringPrototypePadStart, StringPrototypeToLowerCase, StringPrototypeTrim,
  TypeError, TypedArrayPrototypeIndexOf, TypedArrayPrototypeSlice, TypedArrayPrototypeSubarray, uncurryThis,
} = primordials;
const { decodeUtf8, decodeUtf8WithMark, encodeUtf8 } = require('./utf8');
const { extract, parameter } = require('./mime-type');
const { blobOf, blobOfPieces, fileOf, piecesOf } = require('./blob');
const { formDataOf, listOf } = require('./form-data');
const { parseForm } = require('./url-encoding');

const CR = 13;
const LF = 10;
const DASH = 45;
const replace = uncurryThis(String.prototype.replace);

/** @returns { blob, type } for a FormData */
function serialise(form) {
  const boundary = randomDigits();
  const list = listOf(form);
  const pieces = [];
  for (let i = 0; i < list.length; i += 2) {
    const value = list[i + 1];
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escape(normalLines(list[i]))}"`;
    if (typeof value === 'string') {
      ArrayPrototypePush(pieces, encodeUtf8(`${head}\r\n\r\n${normalLines(value)}\r\n`));
    } else {
      const type = value.type === '' ? 'application/octet-stream' : value.type;
      ArrayPrototypePush(pieces, encodeUtf8(`${head}; filename="${escape(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`));
      const content = piecesOf(value);
      for (let j = 0; j < content.length; j++) ArrayPrototypePush(pieces, content[j]);
      ArrayPrototypePush(pieces, encodeUtf8('\r\n'));
    }
  }
  ArrayPrototypePush(pieces, encodeUtf8(`--${boundary}--`));
  return { blob: blobOfPieces(pieces, ''), type: `multipart/form-data; boundary=${boundary}` };
}

function randomDigits() {
  let digits = '';
  for (let i = 0; i < 4; i++) digits += StringPrototypePadStart(NumberPrototypeToString(MathFloor(MathRandom() * 2 ** 32), 16), 8, '0');
  return digits;
}

function normalLines(text) {
  return replace(text, /\r\n?|\n/g, '\r\n');
}

function escape(text) {
  return replace(replace(replace(text, /\n/g, '%0A'), /\r/g, '%0D'), /"/g, '%22');
}

/** @param contentType the header's value, or null */
function parseFormData(bytes, contentType) {
  if (contentType === null) throw new TypeError('Parsing a Body as FormData requires a Content-Type header.');
  const type = extract(contentType);
  if (type !== null && type.essence === 'application/x-www-form-urlencoded') return formDataOf(parseForm(decodeUtf8WithMark(bytes)));
  if (type !== null && type.essence === 'multipart/form-data') {
    const boundary = parameter(type.parameters, 'boundary');
    if (boundary === null) throw new TypeError('No boundary string in Content-Type header. The multipart/form-data MIME type requires a boundary parameter, e.g. \'Content-Type: multipart/form-data; boundary="abcd"\'. See RFC 7578, section 4.');
    return formDataOf(parseMultipart(bytes, encodeUtf8(`--${boundary}`)));
  }
  throw new TypeError(
    `Unrecognized Content-Type header value. FormData can only parse the following MIME types: multipart/form-data, application/x-www-form-urlencoded`);
}

function malformed(why) {
  return new TypeError(`Failed to parse multipart/form-data body: ${why}`);
}

function parseMultipart(bytes, delimiter) {
  const list = [];
  let at = find(bytes, delimiter, 0);
  if (at < 0) throw new TypeError('No initial boundary string (or you have a truncated message).');
  at += delimiter.length;
  for (;;) {
    if (bytes[at] === DASH && bytes[at + 1] === DASH) return list;
    at = lineEnd(bytes, at);
    const headers = readHeaders(bytes, at);
    const start = headers.end;
    const next = find(bytes, delimiter, start);
    if (next < 0) throw new TypeError('No subsequent boundary string after multipart message.');
    let end = next;
    if (bytes[end - 1] === LF) end--;
    if (bytes[end - 1] === CR) end--;
    addEntry(list, headers, TypedArrayPrototypeSubarray(bytes, start, end > start ? end : start));
    at = next + delimiter.length;
  }
}

/** Behind the line break at `at`, over padding. */
function lineEnd(bytes, at) {
  let i = at;
  while (bytes[i] === 0x20 || bytes[i] === 0x09) i++;
  return i + requireLineBreak(bytes, i);
}

/** How long the line break at `at` is, 0 for none. Deviation: as in workerd, a bare line feed is one. */
function lineBreak(bytes, at) {
  if (bytes[at] === LF) return 1;
  return bytes[at] === CR && bytes[at + 1] === LF ? 2 : 0;
}

function requireLineBreak(bytes, at) {
  const length = lineBreak(bytes, at);
  if (length === 0) throw malformed('a boundary does not end its line');
  return length;
}

function readHeaders(bytes, from) {
  let at = from;
  let name = null;
  let filename = null;
  let type = null;
  for (;;) {
    const blank = lineBreak(bytes, at);
    if (blank > 0) return { end: at + blank, name, filename, type };
    const end = TypedArrayPrototypeIndexOf(bytes, LF, at);
    if (end < 0) throw new TypeError('No multipart message header termination found.');
    const line = decodeUtf8(TypedArrayPrototypeSubarray(bytes, at, bytes[end - 1] === CR ? end - 1 : end));
    const header = RegExpPrototypeExec(/^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*:[ \t]*(.*?)[ \t]*$/s, line);
    if (header === null) throw malformed('a part has an invalid header');
    const key = StringPrototypeToLowerCase(header[1]);
    if (key === 'content-disposition') {
      if (RegExpPrototypeExec(/^form-data\s*(?:;|$)/i, header[2]) === null) throw malformed('a part is not form-data');
      name = dispositionParameter(header[2], 'name');
      filename = dispositionParameter(header[2], 'filename');
    } else if (key === 'content-type') {
      type = header[2];
    }
    at = end + 1;
  }
}

/** A parameter in quotes, or bare as some clients send it. */
function dispositionParameter(text, name) {
  const quoted = RegExpPrototypeExec(name === 'name' ? /;\s*name="((?:[^"\\]|\\.)*)"/i : /;\s*filename="((?:[^"\\]|\\.)*)"/i, text);
  if (quoted !== null) return unescape(quoted[1]);
  const bare = RegExpPrototypeExec(name === 'name' ? /;\s*name=([^;"\s]+)/i : /;\s*filename=([^;"\s]+)/i, text);
  return bare === null ? null : unescape(bare[1]);
}

function unescape(text) {
  return replace(replace(replace(replace(text, /\\(["\\])/g, '$1'), /%0A/gi, '\n'), /%0D/gi, '\r'), /%22/g, '"');
}

function addEntry(list, { name, filename, type }, content) {
  if (name === null) throw new TypeError('Content-Disposition header in FormData part is missing a name.');
  if (filename === null || host.hasFlag?.('formdata_parser_supports_files') === false) ArrayPrototypePush(list, name, decodeUtf8(content));
  else ArrayPrototypePush(list, name, fileOf(blobOf(TypedArrayPrototypeSlice(content), type === null ? 'text/plain' : StringPrototypeTrim(type)), filename));
}

/** Where `needle` begins, -1 for nowhere. */
function find(bytes, needle, from) {
  const first = needle[0];
  let at = TypedArrayPrototypeIndexOf(bytes, first, from);
  outer: while (at >= 0) {
    for (let i = 1; i < needle.length; i++) {
      if (bytes[at + i] !== needle[i]) {
        at = TypedArrayPrototypeIndexOf(bytes, first, at + 1);
        continue outer;
      }
    }
    return at;
  }
  return -1;
}

module.exports = { parseFormData, serialise };
