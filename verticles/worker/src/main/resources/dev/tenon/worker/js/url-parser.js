// The URL parser. https://url.spec.whatwg.org/#concept-basic-url-parser
//
// Instead of the specification's machine over characters, the input is cut at '#' and '?' first (no state before them gives these another meaning) and
// each rest goes through the function named after the state it would be in. A setter calls the function of its state override.
//
// A record: { scheme, username, password, host, port, path, query, fragment, opaque }: host null or serialised, port -1 for none, path a text,
// query and fragment null or a text, opaque true when the path is opaque.
const {
  ArrayPrototypeJoin, ArrayPrototypePop, ArrayPrototypePush, ArrayPrototypeShift, Number, RegExpPrototypeExec, RegExpPrototypeTest, StringPrototypeIncludes,
  StringPrototypeIndexOf, StringPrototypeLastIndexOf, StringPrototypeSlice, StringPrototypeSplit, StringPrototypeStartsWith, StringPrototypeToLowerCase, parseInt, uncurryThis,
  RegExp, String,
} = primordials;
const { C0_CONTROL, FRAGMENT, PATH, QUERY, SPECIAL_QUERY, USERINFO, percentEncode } = require('./url-encoding');
const { parseHost } = require('./url-host');

const replace = uncurryThis(String.prototype.replace);

const DEFAULT_PORTS = { __proto__: null, 'http': 80, 'https': 443, 'ws': 80, 'wss': 443, 'ftp': 21, 'file': -1 };
const SCHEME = /^[A-Za-z][A-Za-z0-9+\-.]*:/;
const OUTER_BLANKS = /^[\x00-\x20]+|[\x00-\x20]+$/g;
const TABS_AND_NEWLINES = /[\t\n\r]/g;
const CLEANABLE = /^[\x00-\x20]|[\x00-\x20]$|[\t\n\r]/;
const SINGLE_DOT = /^(?:\.|%2e)$/i;
const DOUBLE_DOT = /^(?:\.|%2e)(?:\.|%2e)$/i;
const DRIVE_LETTER = /^[A-Za-z][:|]$/;
const NORMALISED_DRIVE_LETTER = /^[A-Za-z]:$/;
const STARTS_WITH_DRIVE_LETTER = /^[A-Za-z][:|](?:[/\\?#]|$)/;
const DIGITS = /^[0-9]*$/;

// A URL that is already as the parser would write it: scheme, host without anything to decode, path without dot segments, query, no fragment.
const LABELS = '(?:[a-z][a-z0-9-]*\\.)*[a-z][a-z0-9-]*';
const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const NORMAL = new RegExp(
  `^https?://(?:${LABELS}|(?:${OCTET}\\.){3}${OCTET})(?::[1-9][0-9]{0,4})?` +
    "/[A-Za-z0-9\\-._~!$&'()*+,;=:@%/[\\]|]*(?:\\?[A-Za-z0-9\\-._~!$&()*+,;=:@%/?[\\]|\\\\^`{}]*)?$",
);
const NOT_PLAIN = /\/\.|%2e|xn--/i;

function isSpecial(record) {
  return DEFAULT_PORTS[record.scheme] !== undefined;
}

/** @returns the record, or null for failure; base is a record or null */
function parse(input, base) {
  return parseNormal(input) ?? parseAny(input, base);
}

function parseNormal(input) {
  if (!RegExpPrototypeTest(NORMAL, input) || RegExpPrototypeTest(NOT_PLAIN, input)) return null;
  const secure = input[4] === 's';
  const hostStart = secure ? 8 : 7;
  const pathStart = StringPrototypeIndexOf(input, '/', hostStart);
  const queryStart = StringPrototypeIndexOf(input, '?', pathStart);
  let host = StringPrototypeSlice(input, hostStart, pathStart);
  let port = -1;
  const colon = StringPrototypeIndexOf(host, ':');
  if (colon >= 0) {
    port = Number(StringPrototypeSlice(host, colon + 1));
    host = StringPrototypeSlice(host, 0, colon);
    if (port > 65535 || port === (secure ? 443 : 80)) return null;
  }
  return {
    scheme: secure ? 'https' : 'http',
    username: '',
    password: '',
    host,
    port,
    path: queryStart < 0 ? StringPrototypeSlice(input, pathStart) : StringPrototypeSlice(input, pathStart, queryStart),
    query: queryStart < 0 ? null : StringPrototypeSlice(input, queryStart + 1),
    fragment: null,
    opaque: false,
    href: input,
  };
}

function parseAny(text, base) {
  let input = text;
  if (RegExpPrototypeTest(CLEANABLE, input)) input = replace(replace(input, OUTER_BLANKS, ''), TABS_AND_NEWLINES, '');
  const record = { scheme: '', username: '', password: '', host: null, port: -1, path: '', query: null, fragment: null, opaque: false, href: undefined };
  const scheme = RegExpPrototypeExec(SCHEME, input);
  if (scheme !== null) {
    input = StringPrototypeSlice(input, scheme[0].length);
    record.scheme = StringPrototypeToLowerCase(StringPrototypeSlice(scheme[0], 0, -1));
  }
  const hash = StringPrototypeIndexOf(input, '#');
  if (hash >= 0) {
    record.fragment = percentEncode(StringPrototypeSlice(input, hash + 1), FRAGMENT);
    input = StringPrototypeSlice(input, 0, hash);
  }
  const question = StringPrototypeIndexOf(input, '?');
  let query = null;
  if (question >= 0) {
    query = StringPrototypeSlice(input, question + 1);
    input = StringPrototypeSlice(input, 0, question);
  }
  if (scheme === null) return withoutScheme(record, input, query, base);
  setQuery(record, query);
  if (record.scheme === 'file') return file(record, input, query, base !== null && base.scheme === 'file' ? base : null);
  if (isSpecial(record)) {
    if (base !== null && base.scheme === record.scheme && !StringPrototypeStartsWith(input, '//')) return relative(record, input, query, base);
    return authority(record, skipSlashes(input));
  }
  if (StringPrototypeStartsWith(input, '//')) return authority(record, StringPrototypeSlice(input, 2));
  if (input[0] === '/') {
    setPath(record, input);
    return record;
  }
  record.path = opaquePath(input, query !== null || record.fragment !== null);
  record.opaque = true;
  return record;
}

function setQuery(record, query) {
  record.query = query === null ? null : percentEncode(query, isSpecial(record) ? SPECIAL_QUERY : QUERY);
}

/** A trailing space would be lost when the URL is parsed again without what follows, so it is encoded where something follows. */
function opaquePath(input, more) {
  const path = percentEncode(input, C0_CONTROL);
  return more && path[path.length - 1] === ' ' ? `${StringPrototypeSlice(path, 0, -1)}%20` : path;
}

function skipSlashes(input) {
  let at = 0;
  while (input[at] === '/' || input[at] === '\\') at++;
  return StringPrototypeSlice(input, at);
}

// no scheme state
function withoutScheme(record, input, query, base) {
  if (base === null) return null;
  record.scheme = base.scheme;
  if (base.opaque) {
    if (input !== '' || query !== null || record.fragment === null) return null;
    record.path = base.path;
    record.opaque = true;
    record.query = base.query;
    return record;
  }
  setQuery(record, query);
  return base.scheme === 'file' ? file(record, input, query, base) : relative(record, input, query, base);
}

function isSlash(character, special) {
  return character === '/' || (special && character === '\\');
}

// relative state, relative slash state
function relative(record, input, query, base) {
  const special = isSpecial(record);
  if (isSlash(input[0], special)) {
    if (special && isSlash(input[1], true)) return authority(record, skipSlashes(input));
    if (input[1] === '/') return authority(record, StringPrototypeSlice(input, 2));
    takeAuthority(record, base);
    setPath(record, input);
    return record;
  }
  takeAuthority(record, base);
  if (input === '') {
    record.path = base.path;
    if (query === null) record.query = base.query;
    return record;
  }
  const list = segments(base.path);
  shorten(record, list);
  appendPath(record, list, input);
  return record;
}

function takeAuthority(record, base) {
  record.username = base.username;
  record.password = base.password;
  record.host = base.host;
  record.port = base.port;
}

// authority state, host state, port state
function authority(record, input) {
  const special = isSpecial(record);
  let end = 0;
  while (end < input.length && !isSlash(input[end], special)) end++;
  let host = StringPrototypeSlice(input, 0, end);
  const at = StringPrototypeLastIndexOf(host, '@');
  if (at >= 0) {
    const credentials = StringPrototypeSlice(host, 0, at);
    host = StringPrototypeSlice(host, at + 1);
    if (host === '') return null;
    const colon = StringPrototypeIndexOf(credentials, ':');
    record.username = percentEncode(colon < 0 ? credentials : StringPrototypeSlice(credentials, 0, colon), USERINFO);
    if (colon >= 0) record.password = percentEncode(StringPrototypeSlice(credentials, colon + 1), USERINFO);
  }
  const colon = portColon(host);
  if (colon >= 0) {
    const digits = StringPrototypeSlice(host, colon + 1);
    host = StringPrototypeSlice(host, 0, colon);
    if (host === '' || !RegExpPrototypeTest(DIGITS, digits) || !setPort(record, digits)) return null;
  }
  if (special && host === '') return null;
  record.host = host === '' ? '' : parseHost(host, special);
  if (record.host === null) return null;
  setPath(record, StringPrototypeSlice(input, end));
  return record;
}

/** Where the port's colon is: the first outside brackets. */
function portColon(host) {
  let inside = false;
  for (let i = 0; i < host.length; i++) {
    const c = host[i];
    if (c === '[') inside = true;
    else if (c === ']') inside = false;
    else if (c === ':' && !inside) return i;
  }
  return -1;
}

function setPort(record, digits) {
  if (digits === '') return true;
  const port = parseInt(digits, 10);
  if (port > 65535) return false;
  record.port = port === DEFAULT_PORTS[record.scheme] ? -1 : port;
  return true;
}

// file state, file slash state, file host state
function file(record, input, query, base) {
  record.host = '';
  if (isSlash(input[0], true)) {
    if (isSlash(input[1], true)) return fileHost(record, StringPrototypeSlice(input, 2));
    const list = [];
    if (base !== null) {
      record.host = base.host;
      const first = segments(base.path)[0];
      if (!RegExpPrototypeTest(STARTS_WITH_DRIVE_LETTER, StringPrototypeSlice(input, 1)) && first !== undefined && RegExpPrototypeTest(NORMALISED_DRIVE_LETTER, first)) {
        ArrayPrototypePush(list, first);
      }
    }
    appendPath(record, list, StringPrototypeSlice(input, 1));
    return record;
  }
  let list = [];
  if (base !== null) {
    record.host = base.host;
    if (input === '') {
      record.path = base.path;
      if (query === null) record.query = base.query;
      return record;
    }
    if (!RegExpPrototypeTest(STARTS_WITH_DRIVE_LETTER, input)) {
      list = segments(base.path);
      shorten(record, list);
    }
  }
  appendPath(record, list, input);
  return record;
}

function fileHost(record, input) {
  let end = 0;
  while (end < input.length && !isSlash(input[end], true)) end++;
  const buffer = StringPrototypeSlice(input, 0, end);
  if (RegExpPrototypeTest(DRIVE_LETTER, buffer)) {
    appendPath(record, [], input);
    return record;
  }
  if (buffer !== '') {
    const host = parseHost(buffer, true);
    if (host === null) return null;
    record.host = host === 'localhost' ? '' : host;
  }
  setPath(record, StringPrototypeSlice(input, end));
  return record;
}

// path start state
function setPath(record, input) {
  const special = isSpecial(record);
  if (input === '' && !special) {
    record.path = '';
    return;
  }
  appendPath(record, [], isSlash(input[0], special) ? StringPrototypeSlice(input, 1) : input);
}

/** The segments of a path that is not opaque. */
function segments(path) {
  if (path === '') return [];
  const list = StringPrototypeSplit(path, '/');
  ArrayPrototypeShift(list);
  return list;
}

/** https://url.spec.whatwg.org/#shorten-a-urls-path */
function shorten(record, list) {
  if (record.scheme === 'file' && list.length === 1 && RegExpPrototypeTest(NORMALISED_DRIVE_LETTER, list[0])) return;
  ArrayPrototypePop(list);
}

// path state
function appendPath(record, list, input) {
  const special = isSpecial(record);
  const parts = StringPrototypeSplit(special && StringPrototypeIncludes(input, '\\') ? replace(input, /\\/g, '/') : input, '/');
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    const last = i === parts.length - 1;
    if (RegExpPrototypeTest(DOUBLE_DOT, part)) {
      shorten(record, list);
      if (last) ArrayPrototypePush(list, '');
    } else if (RegExpPrototypeTest(SINGLE_DOT, part)) {
      if (last) ArrayPrototypePush(list, '');
    } else if (record.scheme === 'file' && list.length === 0 && RegExpPrototypeTest(DRIVE_LETTER, part)) {
      ArrayPrototypePush(list, `${part[0]}:`);
    } else {
      ArrayPrototypePush(list, percentEncode(part, PATH));
    }
  }
  record.path = `/${ArrayPrototypeJoin(list, '/')}`;
}

/** https://url.spec.whatwg.org/#concept-url-serializer */
function serialise(record, withoutFragment = false) {
  let text = `${record.scheme}:`;
  if (record.host !== null) {
    text += '//';
    if (record.username !== '' || record.password !== '') {
      text += record.username;
      if (record.password !== '') text += `:${record.password}`;
      text += '@';
    }
    text += record.host;
    if (record.port >= 0) text += `:${record.port}`;
  } else if (!record.opaque && StringPrototypeStartsWith(record.path, '//')) {
    text += '/.';
  }
  text += record.path;
  if (record.query !== null) text += `?${record.query}`;
  if (!withoutFragment && record.fragment !== null) text += `#${record.fragment}`;
  return text;
}

// Setters. https://url.spec.whatwg.org/#api

function clean(text) {
  return replace(text, TABS_AND_NEWLINES, '');
}

function cannotHaveCredentials(record) {
  return record.host === null || record.host === '' || record.scheme === 'file';
}

function changeScheme(record, value) {
  const match = RegExpPrototypeExec(SCHEME, `${clean(value)}:`);
  if (match === null) return;
  const scheme = StringPrototypeToLowerCase(StringPrototypeSlice(match[0], 0, -1));
  if ((DEFAULT_PORTS[scheme] !== undefined) !== isSpecial(record)) return;
  if (scheme === 'file' && (record.username !== '' || record.password !== '' || record.port >= 0)) return;
  if (record.scheme === 'file' && record.host === '') return;
  record.scheme = scheme;
  if (record.port === DEFAULT_PORTS[scheme]) record.port = -1;
}

function changeHost(record, value, withPort) {
  if (record.opaque) return;
  const special = isSpecial(record);
  const input = clean(value);
  let end = 0;
  while (end < input.length && !isSlash(input[end], special) && input[end] !== '?' && input[end] !== '#') end++;
  let host = StringPrototypeSlice(input, 0, end);
  if (record.scheme === 'file') {
    const parsed = host === '' ? '' : parseHost(host, true);
    if (parsed !== null) record.host = parsed === 'localhost' ? '' : parsed;
    return;
  }
  const colon = portColon(host);
  let digits = '';
  if (colon >= 0) {
    if (colon === 0 || !withPort) return;
    digits = RegExpPrototypeExec(/^[0-9]*/, StringPrototypeSlice(host, colon + 1))[0];
    host = StringPrototypeSlice(host, 0, colon);
  }
  if (host === '' && (special || record.username !== '' || record.password !== '' || record.port >= 0)) return;
  const parsed = host === '' ? '' : parseHost(host, special);
  if (parsed === null) return;
  record.host = parsed;
  setPort(record, digits);
}

function changePort(record, value) {
  if (cannotHaveCredentials(record)) return;
  if (value === '') record.port = -1;
  else setPort(record, RegExpPrototypeExec(/^[0-9]*/, clean(value))[0]);
}

function changePath(record, value) {
  if (record.opaque) return;
  const input = clean(value);
  if (input === '' && record.host === null && !isSpecial(record)) {
    record.path = '/';
    return;
  }
  setPath(record, input);
}

function changeQuery(record, value) {
  if (value === '') record.query = null;
  else setQuery(record, clean(value[0] === '?' ? StringPrototypeSlice(value, 1) : value));
}

function changeFragment(record, value) {
  if (value === '') record.fragment = null;
  else record.fragment = percentEncode(clean(value[0] === '#' ? StringPrototypeSlice(value, 1) : value), FRAGMENT);
}

function changeUsername(record, value) {
  if (!cannotHaveCredentials(record)) record.username = percentEncode(value, USERINFO);
}

function changePassword(record, value) {
  if (!cannotHaveCredentials(record)) record.password = percentEncode(value, USERINFO);
}

module.exports = {
  changeFragment, changeHost, changePassword, changePath, changePort, changeQuery, changeScheme, changeUsername, isSpecial, parse, serialise,
};
